namespace LeaseElection;
public sealed class LeaderElector { public Task RunAsync() => Task.CompletedTask; }
