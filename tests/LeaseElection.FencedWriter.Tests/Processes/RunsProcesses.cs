namespace LeaseElection.FencedWriter.Tests.Processes;

/// <summary>Tests that start processes run one by one and when no other test does: the machine is theirs, and times are honest.</summary>
[CollectionDefinition(nameof(RunsProcesses), DisableParallelization = true)]
public sealed class RunsProcesses;
