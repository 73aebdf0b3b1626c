using System.Diagnostics;

namespace LeaseElection.Diagnostics;

/// <summary>
/// A span for each term, from the source <c>LeaseElection</c>. It is never the current activity: a term may last for months, and the work's
/// traces must not become its children.
/// </summary>
internal sealed class TermSpan(ForeignQueue listeners, TimeProvider time, string name, string lease, string identity)
{
    // Created on the queue, because creating it calls every activity listener of the process.
    private static ActivitySource? _source;

    // Only the queue uses it, one call at a time.
    private Activity? _activity;

    public void Begin(long fencingToken)
    {
        var began = time.GetUtcNow();
        listeners.Post(() =>
        {
            _source ??= new(ElectionMeter.Name);
            if (!_source.HasListeners())
                return;
            // Starting the span makes it current. Restore the previous one, or later activities here would become its children.
            var before = Activity.Current;
            _activity = _source.StartActivity(
                ActivityKind.Internal,
                parentContext: default,
                tags:
                [
                    new("leaseelection.name", name),
                    new("leaseelection.lease", lease),
                    new("leaseelection.identity", identity),
                    new("leaseelection.fencing_token", fencingToken),
                ],
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
            if (reason is TermEndReason.DeadlinePassed or TermEndReason.Superseded or TermEndReason.LeaseDeleted
                or TermEndReason.LeaseEdited or TermEndReason.WorkFailed)
                activity.SetStatus(ActivityStatusCode.Error, reason.ToString());
            activity.SetEndTime(ended);
            activity.Dispose();
        });
    }
}
