namespace LeaseElection;
public abstract class LeaderElector { public abstract Task RunAsync(); }
