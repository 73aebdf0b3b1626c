using LeaseElection;

namespace SingletonWorker;

/// <summary>Where the example says what happens. Used from several threads.</summary>
internal interface IReport
{
    void Say(ReportEvent what, string? leader, long? fencingToken, TermEndReason? reason);
}
