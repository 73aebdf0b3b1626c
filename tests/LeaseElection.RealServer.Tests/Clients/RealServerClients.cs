using LeaseElection.RealServer.Tests.Elections;
using Common = LeaseElection.TestKit.Scenarios.Clients;

namespace LeaseElection.RealServer.Tests.Clients;

// The suites of LeaseElection.TestKit, on a real kube-apiserver.
public sealed class ClientGoScenarios(SharedControlPlane shared) : Common.ClientGoScenarios(new RealElectionServer(shared));

public sealed class KubernetesClientScenarios(SharedControlPlane shared)
    : Common.KubernetesClientScenarios(new RealElectionServer(shared));

public sealed class KubectlTests(SharedControlPlane shared) : Common.KubectlTests(new RealElectionServer(shared));
