namespace LeaseElection;
public sealed class LeadershipTerm { }
