namespace LeaseElection;

public interface ILeaderElection { void StepDown(); }
