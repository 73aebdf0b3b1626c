using LeaseElection.Election.Time;

namespace LeaseElection.Election.Inputs;

/// <summary>What the machine needs of the options: valid, and immutable. A term keeps the settings that it began with.</summary>
internal sealed record ElectionSettings
{
    public required string Identity { get; init; }

    public required TimeSpan LeaseDuration { get; init; }

    public required TimeSpan RenewDeadline { get; init; }

    public required TimeSpan RenewInterval { get; init; }

    /// <summary>
    /// Gets the part of RenewInterval after which a term's first renewal is sent, in (0, 1]. Different for each election, it spreads the renewals of
    /// a process that acquired many Leases at once: they keep their distance from then on.
    /// </summary>
    public double FirstRenewal { get; init; } = 1;

    public required TimeSpan RetryPeriod { get; init; }

    public required TimeSpan RequestTimeout { get; init; }

    public required TimeSpan DrainTimeout { get; init; }

    public bool ReleaseOnStop { get; init; } = true;

    public WorkFailurePolicy WhenWorkFails { get; init; }

    public WorkCompletionPolicy WhenWorkCompletes { get; init; }

    public WorkOverrunPolicy WhenWorkOverruns { get; init; }

    public int LeaseDurationSeconds => (int)LeaseDuration.TotalSeconds;

    /// <summary>
    /// Gets how long work may take to stop after a loss, on the holder's clock: what is left of the lease before anyone else may lead,
    /// when both clocks are 10 % off, each its own way.
    /// </summary>
    public TimeSpan LossAllowance => (LeaseDuration * 0.8) - RenewDeadline;

    /// <summary>Gets after how long work that goes on after a loss is called an overrun: the allowance, but at least one tick, for work that ends at once is none.</summary>
    public TimeSpan OverrunAllowance => AtLeastOneTick(LossAllowance);

    /// <summary>Gets after how long work that goes on after we left of our own will is called an overrun; at least one tick.</summary>
    public TimeSpan DrainAllowance => AtLeastOneTick(DrainTimeout);

    /// <summary>Gets the pace of tries that will not help until somebody changes something (a permission, a namespace).</summary>
    public TimeSpan SlowRetryPeriod => RetryPeriod * 5;

    /// <summary>Gets how long a release, or the search for a lost acquire, may hold up a stop: two tries.</summary>
    public TimeSpan FarewellTimeout => (RequestTimeout * 2) + RetryPeriod;

    private static TimeSpan AtLeastOneTick(TimeSpan allowance) => allowance > HolderTick.Longest ? allowance : HolderTick.Longest;
}
