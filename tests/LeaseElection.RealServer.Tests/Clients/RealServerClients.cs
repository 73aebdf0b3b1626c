using LeaseElection.RealServer.Tests.Elections;

namespace LeaseElection.RealServer.Tests.Clients;

// The suites of LeaseElection.Conformance, on a real kube-apiserver.
public sealed class ClientGoScenarios(SharedControlPlane shared) : Conformance.Clients.ClientGoScenarios(new RealElectionServer(shared));

public sealed class KubernetesClientScenarios(SharedControlPlane shared)
    : Conformance.Clients.KubernetesClientScenarios(new RealElectionServer(shared));

public sealed class KubectlTests(SharedControlPlane shared) : Conformance.Clients.KubectlTests(new RealElectionServer(shared));
