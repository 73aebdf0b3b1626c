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
    /// Gets the part of RenewInterval after which a term's first renewal is sent, in (0, 1]. It differs between elections, so that a
    /// process that acquires many Leases at once spreads its renewals over time.
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
    /// Gets how long work may take to stop after a loss, on the holder's clock: what is left of the lease before anyone else may lead, even
    /// when the two clocks run 10 % off in opposite directions.
    /// </summary>
    public TimeSpan LossAllowance => (LeaseDuration * 0.8) - RenewDeadline;

    /// <summary>
    /// Gets after how long work that goes on after a loss is an overrun: the allowance, but at least one tick, because
    /// work that ends at once is none.
    /// </summary>
    public TimeSpan OverrunAllowance => AtLeastOneTick(LossAllowance);

    /// <summary>Gets after how long work that goes on after we left of our own will is an overrun; at least one tick.</summary>
    public TimeSpan DrainAllowance => AtLeastOneTick(DrainTimeout);

    /// <summary>Gets the pace of retries after a refusal, which lasts until an administrator acts (a permission, a namespace).</summary>
    public TimeSpan SlowRetryPeriod => RetryPeriod * 5;

    /// <summary>Gets how long a stop may wait for a release, or for the search for a lost acquire: two tries.</summary>
    public TimeSpan FarewellTimeout => (RequestTimeout * 2) + RetryPeriod;

    private static TimeSpan AtLeastOneTick(TimeSpan allowance) => allowance > HolderTick.Longest ? allowance : HolderTick.Longest;
}
