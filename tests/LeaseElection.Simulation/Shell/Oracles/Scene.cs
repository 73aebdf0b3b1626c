using LeaseElection.Simulation.Shell.Plans;
using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Shell.Oracles;

/// <summary>All that a rule may look at: what was seen until now, at a moment when nothing can run on before the clock moves.</summary>
/// <param name="Now">The moment.</param>
/// <param name="Settings">The election's settings.</param>
/// <param name="Hosts">All hosts that there were.</param>
internal sealed record Scene(TimeSpan Now, ShellSettings Settings, IReadOnlyList<HostRecord> Hosts)
{
    /// <summary>Gets the hosts whose process lives.</summary>
    public IEnumerable<HostRecord> Living => Hosts.Where(static h => !h.IsDead);

    public IEnumerable<TermRecord> Terms => Living.SelectMany(static h => h.Terms);
}
