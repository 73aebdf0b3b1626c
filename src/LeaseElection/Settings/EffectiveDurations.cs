namespace LeaseElection.Settings;

/// <summary>The durations in force: those that were set, the others in proportion to the lease's.</summary>
internal readonly record struct EffectiveDurations
{
    public EffectiveDurations(LeaderElectionOptions options)
    {
        LeaseDuration = options.LeaseDuration;
        RenewDeadline = options.RenewDeadline ?? LeaseDuration * 2 / 3;
        RenewInterval = options.RenewInterval ?? LeaseDuration / 5;
        RetryPeriod = options.RetryPeriod ?? LeaseDuration * 2 / 15;
        RequestTimeout = options.RequestTimeout ?? LeaseDuration * 2 / 15;
        DrainTimeout = options.DrainTimeout;
    }

    public TimeSpan LeaseDuration { get; }

    public TimeSpan RenewDeadline { get; }

    public TimeSpan RenewInterval { get; }

    public TimeSpan RetryPeriod { get; }

    public TimeSpan RequestTimeout { get; }

    public TimeSpan DrainTimeout { get; }
}
