namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>Requests in a fresh namespace, and a name that says what they ask.</summary>
internal sealed record ConformanceCase(string Name, params IReadOnlyList<Step> Steps)
{
    /// <summary>Gets a value indicating whether a server waits in it, for seconds.</summary>
    public bool IsSlow { get; init; }

    /// <summary>Gets how often it may be played until the servers agree: above one where a server's own timer decides.</summary>
    public int Tries { get; init; } = 1;
}
