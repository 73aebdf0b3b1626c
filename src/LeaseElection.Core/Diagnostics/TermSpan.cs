using System.Diagnostics;

namespace LeaseElection.Diagnostics;

/// <summary>
/// A span for each term, from the source <c>LeaseElection</c>. Nothing happens inside of it: a term may last for months, and what the work traces must
/// not hang from it.
/// </summary>
internal sealed class TermSpan(ForeignQueue listeners, TimeProvider time, string name, string lease, string identity)
{
    // Made on the queue, where its first use asks every listener of the process whether it wants to hear.
    private static ActivitySource? _source;

    // The queue's, which calls one by one.
    private Activity? _activity;

    public void Begin(long fencingToken)
    {
        var began = time.GetUtcNow();
        listeners.Post(() =>
        {
            _source ??= new(ElectionMeter.Name);
            if (!_source.HasListeners())
                return;
            // Never the current one: that would be the parent of all that follows there.
            var before = Activity.Current;
            _activity = _source.StartActivity(
                ActivityKind.Internal,
                parentContext: default,
                tags: [new("leaseelection.name", name), new("leaseelection.lease", lease), new("leaseelection.identity", identity), new("leaseelection.fencing_token", fencingToken)],
                startTime: began,
                name: "leaseelection.term");
            Activity.Current = before;
        });
    }

    public void End(TermEndReason reason)
    {
        var ended = time.GetUtcNow().UtcDateTime;
        listeners.Post(() =>
        {
            if (_activity is not { } activity)
                return;
            _activity = null;
            activity.SetTag("leaseelection.end_reason", reason.ToString());
            if (reason is TermEndReason.DeadlinePassed or TermEndReason.Superseded or TermEndReason.LeaseDeleted or TermEndReason.LeaseEdited or TermEndReason.WorkFailed)
                activity.SetStatus(ActivityStatusCode.Error, reason.ToString());
            activity.SetEndTime(ended);
            activity.Dispose();
        });
    }
}
