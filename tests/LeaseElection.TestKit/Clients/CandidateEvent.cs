using System.Text.Json;

namespace LeaseElection.TestKit;

/// <summary>
/// What a foreign candidate says: <c>started</c>, <c>leading</c>, <c>stopped</c>, or <c>leader</c> and whom it has seen lead.
/// </summary>
/// <param name="Event">What happened.</param>
/// <param name="Leader">Whom it has seen lead.</param>
/// <param name="MonotonicNs">When, by the clock of <see cref="WorkerProcess.NowNs"/>.</param>
public sealed record CandidateEvent(string Event, string? Leader = null, long MonotonicNs = 0)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>Reads a line of the client-go candidate.</summary>
    public static CandidateEvent Parse(string line) => JsonSerializer.Deserialize<CandidateEvent>(line, Web)!;
}
