using LeaseElection.Testing.Tests.Elections;

namespace LeaseElection.Testing.Tests.Clients;

// The suites of LeaseElection.Conformance, on the embedded server.
public sealed class ClientGoScenarios() : Conformance.Clients.ClientGoScenarios(new EmbeddedElectionServer());

public sealed class KubernetesClientScenarios() : Conformance.Clients.KubernetesClientScenarios(new EmbeddedElectionServer());

public sealed class KubectlTests() : Conformance.Clients.KubectlTests(new EmbeddedElectionServer());
