using Xunit.v3;

[assembly: AssemblyFixture(typeof(SharedControlPlane))]
// Two cores, and two servers that want their share of them.
[assembly: Parallelization(MaxThreads = 2)]

namespace LeaseElection.RealServer.Tests;

/// <summary>For tests that stop, freeze or restart the servers: they run one by one, when all others are done.</summary>
[CollectionDefinition(nameof(DisturbsServers), DisableParallelization = true)]
public sealed class DisturbsServers;
