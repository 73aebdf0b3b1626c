namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>The settings of a world's election.</summary>
internal sealed record ShellSettings
{
    public required TimeSpan LeaseDuration { get; init; }

    public required TimeSpan RenewDeadline { get; init; }

    public required TimeSpan DrainTimeout { get; init; }

    public required WorkFailurePolicy WhenWorkFails { get; init; }

    public required WorkCompletionPolicy WhenWorkCompletes { get; init; }

    public required WorkOverrunPolicy WhenWorkOverruns { get; init; }

    public required bool ReleaseOnStop { get; init; }

    public TimeSpan RenewInterval => RenewDeadline * 0.3;

    public TimeSpan RequestTimeout => RenewDeadline * 0.2;

    public TimeSpan RetryPeriod => RenewDeadline * 0.2;

    /// <summary>Gets how long work may go on after a loss before it has to be reported: never less than a tick.</summary>
    public TimeSpan Allowance =>
        TimeSpan.FromTicks(Math.Max(((LeaseDuration * 0.8) - RenewDeadline).Ticks, TimeSpan.FromMilliseconds(250).Ticks));

    public void Apply(LeaderElectionOptions options)
    {
        options.Namespace = "shell";
        options.LeaseDuration = LeaseDuration;
        options.RenewDeadline = RenewDeadline;
        options.RenewInterval = RenewInterval;
        options.RequestTimeout = RequestTimeout;
        options.RetryPeriod = RetryPeriod;
        options.DrainTimeout = DrainTimeout;
        options.WhenWorkFails = WhenWorkFails;
        options.WhenWorkCompletes = WhenWorkCompletes;
        options.WhenWorkOverruns = WhenWorkOverruns;
        options.ReleaseOnStop = ReleaseOnStop;
        options.PublishEvents = false;
    }
}
