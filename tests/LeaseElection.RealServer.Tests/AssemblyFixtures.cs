using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(SharedControlPlane))]
// Two cores, and two servers that want their share of them; but most scenarios only wait.
[assembly: Parallelization(Mode = ParallelMode.All, MaxThreads = 8)]

namespace LeaseElection.RealServer.Tests;

/// <summary>For tests that stop, freeze or restart the servers: they run one by one, when all others are done.</summary>
[CollectionDefinition(nameof(DisturbsServers), DisableParallelization = true)]
public sealed class DisturbsServers;
