namespace LeaseElection.Simulation.Tests.Playing;

/// <summary>Tests that use all cores: one after the other.</summary>
[CollectionDefinition(nameof(AllCores), DisableParallelization = true)]
public sealed class AllCores;
