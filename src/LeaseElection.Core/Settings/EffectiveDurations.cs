namespace LeaseElection.Settings;

/// <summary>The durations in force: those that were set, the others in proportion to the lease's.</summary>
internal readonly record struct EffectiveDurations
{
    public EffectiveDurations(LeaderElectionOptions options)
    {
        // Divided, not multiplied: whatever LeaseDuration is, nothing overflows before it is checked.
        LeaseDuration = options.LeaseDuration;
        RenewDeadline = options.RenewDeadline ?? LeaseDuration / 1.5;
        RenewInterval = options.RenewInterval ?? LeaseDuration / 5;
        RetryPeriod = options.RetryPeriod ?? LeaseDuration / 7.5;
        RequestTimeout = options.RequestTimeout ?? LeaseDuration / 7.5;
        DrainTimeout = options.DrainTimeout;
    }

    public TimeSpan LeaseDuration { get; }

    public TimeSpan RenewDeadline { get; }

    public TimeSpan RenewInterval { get; }

    public TimeSpan RetryPeriod { get; }

    public TimeSpan RequestTimeout { get; }

    public TimeSpan DrainTimeout { get; }
}
