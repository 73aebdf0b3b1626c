namespace LeaseElection.TestKit;

/// <summary>The settings of an elector of client-go's kind, from its lease alone: short polls, so that a test waits for nothing else.</summary>
public sealed record CandidateTimings(TimeSpan LeaseDuration)
{
    public TimeSpan RenewDeadline => LeaseDuration * 0.8;

    public TimeSpan RetryPeriod { get; } = TimeSpan.FromMilliseconds(100);
}
