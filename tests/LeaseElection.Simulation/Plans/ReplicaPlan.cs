using LeaseElection.Election.Inputs;

namespace LeaseElection.Simulation.Plans;

/// <summary>One replica: its settings, how its clocks run, how its work behaves.</summary>
internal sealed record ReplicaPlan
{
    public required ElectionSettings Settings { get; init; }

    public required WorkOverrunPolicy WhenWorkOverruns { get; init; }

    public required double Rate { get; init; }

    public required double WallRate { get; init; }

    /// <summary>Gets how long the loop may take to get to an input.</summary>
    public required TimeSpan PumpLatency { get; init; }

    /// <summary>Gets how long the work takes to stop, as a part of what it may take after a loss.</summary>
    public required double StopsWithin { get; init; }

    public required TimeSpan StartsAt { get; init; }
}
