namespace LeaseElection.Election.State;

/// <summary>What a write of ours is for.</summary>
internal enum WriteKind
{
    Acquire,
    Renew,
    Release,
}
