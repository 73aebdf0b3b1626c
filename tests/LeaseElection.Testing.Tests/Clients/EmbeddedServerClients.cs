using LeaseElection.Testing.Tests.Elections;
using Common = LeaseElection.TestKit.Scenarios.Clients;

namespace LeaseElection.Testing.Tests.Clients;

// The suites of LeaseElection.TestKit, on the embedded server.
public sealed class ClientGoScenarios() : Common.ClientGoScenarios(new EmbeddedElectionServer(), json: true);

public sealed class KubernetesClientScenarios() : Common.KubernetesClientScenarios(new EmbeddedElectionServer());

public sealed class KubectlTests() : Common.KubectlTests(new EmbeddedElectionServer());
