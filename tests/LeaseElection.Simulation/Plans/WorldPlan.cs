namespace LeaseElection.Simulation.Plans;

/// <summary>
/// All of a world but the dice that fall while it is played: a function of the seed, and what shrinking takes faults away from.
/// </summary>
internal sealed record WorldPlan
{
    public required ulong Seed { get; init; }

    public required IReadOnlyList<ReplicaPlan> Replicas { get; init; }

    /// <summary>Gets the rounds: trouble, then a calm in which somebody has to lead.</summary>
    public required IReadOnlyList<Round> Rounds { get; init; }

    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>Gets the fastest and the slowest way of a message in a healthy network.</summary>
    public required TimeSpan FastestHop { get; init; }

    public required TimeSpan SlowestHop { get; init; }

    /// <summary>
    /// Gets how often the oracle asks everybody, as a part of all acts: asking latches what a term knows about its deadline.
    /// </summary>
    public required double Curiosity { get; init; }

    public TimeSpan End => Rounds[^1].Until;

    public TimeSpan LongestLease => Replicas.Max(r => r.Settings.LeaseDuration);
}

/// <summary>Faults begin in [From, CalmFrom); at CalmFrom all are healed; the calm lasts to Until.</summary>
internal readonly record struct Round(TimeSpan From, TimeSpan CalmFrom, TimeSpan Until);
