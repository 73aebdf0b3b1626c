using k8s;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;

namespace LeaseElection.Benchmarks.Scale.Elections;

/// <summary>KubernetesClient's elector each, with one client for all of them: kinder to it than one each, and what its users do.</summary>
internal sealed class TheirElections(Kubernetes client, string space, Tally tally) : IElections
{
    public async Task RunAsync(string name)
    {
        var elector = new k8s.LeaderElection.LeaderElector(
            new LeaderElectionConfig(new LeaseLock(client, space, name, $"{Environment.ProcessId}")));
        var isKnown = 0;
        elector.OnNewLeader += _ =>
        {
            if (Interlocked.Exchange(ref isKnown, 1) == 0)
                tally.Know();
        };
        elector.OnStoppedLeading += tally.Lose;
        while (true)
        {
            try
            {
                await elector.RunAndTryToHoldLeadershipForeverAsync();
            }
            catch (Exception)
            {
                tally.Lose(); // "Forever" ends with the first network error.
            }
        }
    }
}
