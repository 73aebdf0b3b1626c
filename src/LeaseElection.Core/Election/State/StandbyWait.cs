using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Election.State;

/// <summary>For whom a candidate waits, since when, until when, and why. Derived from what it knows (S3); decides nothing.</summary>
/// <param name="Holder">The holder that the record names; null when it names none.</param>
/// <param name="Since">When this record (or the absence) was first seen.</param>
/// <param name="Wait">How long it must be seen unchanged.</param>
/// <param name="FreeAt">When it may be overwritten.</param>
/// <param name="Cause">Why not earlier.</param>
/// <param name="Application">The application whose living mark the record carries; null when it carries none.</param>
internal readonly record struct StandbyWait(
    string? Holder, MonotonicInstant Since, TimeSpan Wait, MonotonicInstant FreeAt, WaitCause Cause, string? Application)
{
    public static StandbyWait Of(in LeaseView view)
    {
        var mark = view.Knowledge == Knowledge.Present ? LivingMark(view.Lease) : null;
        return new(
            view.Holder, view.Since, view.Wait, view.FreeAt, CauseOf(view, mark), mark is null ? null : view.Lease.Application);
    }

    private static WaitCause CauseOf(in LeaseView view, TermMark? mark)
    {
        var until = view.Wait == TimeSpan.Zero ? view.Since : view.Since + view.Wait;
        if (view.DeletedHolderUntil > until || (view.Knowledge != Knowledge.Present && view.Wait > TimeSpan.Zero))
            return WaitCause.Deleted;
        if (view.Wait == TimeSpan.Zero)
            return WaitCause.None;
        var spec = view.Lease.Spec;
        var marked = TimeSpan.FromSeconds(mark?.LeaseDurationSeconds ?? 0);
        var recorded = TimeSpan.FromSeconds(Math.Max(0, spec.LeaseDurationSeconds ?? 0));
        if (view.Wait > marked && view.Wait > recorded)
            return recorded == TimeSpan.Zero && spec.HasHolder ? WaitCause.OwnDuration : WaitCause.Earlier;
        if (!spec.HasHolder)
            return WaitCause.Erased;
        return recorded >= marked ? WaitCause.Record : WaitCause.Mark;
    }

    private static TermMark? LivingMark(in LeaseSnapshot lease) =>
        TermMark.Parse(lease.Mark) is { } mark && mark.IsAliveIn(lease.Spec) ? mark : null;
}
