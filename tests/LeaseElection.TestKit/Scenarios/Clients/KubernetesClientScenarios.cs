using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Clients;

[Scenario(61)]
public abstract class KubernetesClientScenarios(ElectionServer server) : HandOverScenarios(server)
{
    protected override Task<IForeignCandidate> StartForeignAsync(CandidateTimings timings) =>
        Task.FromResult<IForeignCandidate>(KubernetesClientCandidate.Start(User.Configuration(), Namespace, Lease, timings));
}
