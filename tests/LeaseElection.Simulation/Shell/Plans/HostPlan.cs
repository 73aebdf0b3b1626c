namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>A replica: the same program at every start.</summary>
internal sealed record HostPlan
{
    public required IReadOnlyList<PartPlan> Parts { get; init; }

    public required IReadOnlyList<Foreign> Foreign { get; init; }

    public required TimeSpan StartsAt { get; init; }

    /// <summary>Gets how long a request travels, one way.</summary>
    public required TimeSpan Latency { get; init; }

    /// <summary>Gets the part of RenewInterval after which a term renews first.</summary>
    public required double FirstRenewal { get; init; }

    /// <summary>
    /// Gets a value indicating whether, after StopApplication, the host's StopAsync is called only when all callbacks have returned.
    /// </summary>
    public required bool StopsAfterCallbacks { get; init; }
}
