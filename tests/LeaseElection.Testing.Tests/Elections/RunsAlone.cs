namespace LeaseElection.Testing.Tests.Elections;

/// <summary>Tests that use all the machine, or count all of the process: one by one, when all others are done.</summary>
[CollectionDefinition(nameof(RunsAlone), DisableParallelization = true)]
public sealed class RunsAlone;
