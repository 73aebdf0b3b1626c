using FailoverDemo.Story;
using LeaseElection;
using SingletonWorker;

namespace FailoverDemo.Replicas;

/// <summary>Tells the story what a replica reports, and passes it on.</summary>
internal sealed class StoryReport(string replica, Recorder recorder, IReport? next) : IReport
{
    public void Say(ReportEvent what, string? leader, long? fencingToken, TermEndReason? reason)
    {
        // The story last: its listeners act at once, and the line that made them act comes before what they do.
        next?.Say(what, leader, fencingToken, reason);
        switch (what)
        {
            case ReportEvent.Started:
                recorder.Tell(now => new Started(now, replica));
                break;
            case ReportEvent.Leading:
                recorder.Tell(now => new TermBegan(now, replica, fencingToken ?? 0));
                break;
            case ReportEvent.Working:
                recorder.Tell(now => new Worked(now, replica));
                break;
            case ReportEvent.Ended:
                recorder.Tell(now => new TermEnded(now, replica, fencingToken ?? 0, reason));
                break;
            case ReportEvent.Leader or ReportEvent.Stopped:
                break; // Who leads is known from the leader; and when a replica is gone, from its host.
        }
    }
}
