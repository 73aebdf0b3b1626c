using System.Globalization;

namespace LeaseElection.Chaos.Plans;

/// <summary>One thing that is to go wrong.</summary>
/// <param name="At">From the schedule's start.</param>
/// <param name="Length">Until it is put right; a server takes its time to start on top of it.</param>
/// <param name="Kind">What.</param>
/// <param name="Worker">The lane it happens to, 0 to 4; null: the one that leads then.</param>
/// <param name="Delay">How late answers come, where they do.</param>
internal sealed record PlannedFault(TimeSpan At, TimeSpan Length, FaultKind Kind, int? Worker, TimeSpan Delay)
{
    public TimeSpan End => At + Length;

    /// <summary>Gets a value indicating whether it happens to the servers or the Lease, not to a worker.</summary>
    public bool IsOfServers => Kind >= FaultKind.ApiServerRestart;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{At.TotalSeconds,8:0.00} s  {Kind,-16} {(IsOfServers ? "" : Worker is { } lane ? $"worker-{lane + 1}" : "leader"),-9} for {Length.TotalSeconds:0.00} s{(Delay > TimeSpan.Zero ? $", answers {Delay.TotalMilliseconds:0} ms late" : "")}");
}
