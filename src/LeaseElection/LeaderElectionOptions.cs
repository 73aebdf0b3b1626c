namespace LeaseElection;
public sealed class LeaderElectionOptions { public WorkCompletionPolicy WhenWorkCompletes { get; set; } }
