namespace LeaseElection.TestKit;

/// <summary>
/// The settings of an elector of client-go's kind, from its lease alone: short polls, so that a test waits for nothing else.
/// </summary>
public sealed record CandidateTimings(TimeSpan LeaseDuration)
{
    /// <summary>Gets the settings that client-go and KubernetesClient come with.</summary>
    public static CandidateTimings Defaults { get; } = new(TimeSpan.FromSeconds(15))
    {
        RenewDeadline = TimeSpan.FromSeconds(10),
        RetryPeriod = TimeSpan.FromSeconds(2),
    };

    public TimeSpan RenewDeadline { get; init; } = LeaseDuration * 0.8;

    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromMilliseconds(100);
}
