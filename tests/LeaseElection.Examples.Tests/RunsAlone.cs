namespace LeaseElection.Examples.Tests;

/// <summary>
/// Tests that start processes, measure or count: one by one and when no other test runs. The machine is theirs, and times and counts are
/// honest.
/// </summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
