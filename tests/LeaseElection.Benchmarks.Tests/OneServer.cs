[assembly: AssemblyFixture(typeof(SharedControlPlane))]

namespace LeaseElection.Benchmarks.Tests;

/// <summary>Tests that measure: one by one, or each would count what the other asks of the server.</summary>
[CollectionDefinition(nameof(OneServer), DisableParallelization = true)]
public sealed class OneServer;
