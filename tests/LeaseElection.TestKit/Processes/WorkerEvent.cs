namespace LeaseElection.TestKit;

/// <summary>What a line of the worker tells.</summary>
public enum WorkerEvent
{
    Started,
    Leader,
    Leading,
    Working,
    Ended,
    Stopped,
}
