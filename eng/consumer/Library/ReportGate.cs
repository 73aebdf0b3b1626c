using LeaseElection;

namespace Library;

/// <summary>What a class library writes: it asks who leads, and does not know where the election is held.</summary>
public sealed class ReportGate(ILeaderElection election)
{
    public bool IsOpen => election.IsLeader;

    public long? FencingToken => election.Term?.FencingToken;
}
