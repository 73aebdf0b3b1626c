namespace LeaseElection.Chaos.Tests;

/// <summary>Tests with servers and workers of their own: one by one, or each would be the other's nemesis.</summary>
[CollectionDefinition(nameof(RunsProcesses), DisableParallelization = true)]
public sealed class RunsProcesses;
