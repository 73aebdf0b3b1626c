namespace LeaseElection.Testing.Fakes;

/// <summary>Time that stands still: a term on it lasts until somebody ends it.</summary>
internal sealed class StandingTime : TimeProvider
{
    private StandingTime()
    {
    }

    public static StandingTime Instance { get; } = new();

    public override long GetTimestamp() => 0;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
}
