using LeaseElection.Diagnostics;
using LeaseElection.Leases;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Runtime.Requests;

/// <summary>
/// Logs what is wrong with the API server: once when it begins, once when it is over. Reads, the watch and writes are told apart: where a
/// webhook holds up every write, the reads in between answer, and would tell the same story by turns.
/// </summary>
internal sealed class TroubleLog(ElectorContext context)
{
    private readonly ILogger _logger = context.Logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RejectionKind> _rejected = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
    private readonly SlowAnswers _slow = new(context);
    private string? _altered;
    private long _sentVersion;

    public void Rejected(Rejection rejection)
    {
        var fix = RejectionAdvice.For(rejection, context.Lease);
        context.Monitor?.Server.Rejected(rejection, fix);
        lock (_gate)
        {
            if (_rejected.TryGetValue(rejection.Verb, out var kind) && kind == rejection.Kind)
                return;
            _rejected[rejection.Verb] = rejection.Kind;
        }

        if (rejection.Kind == RejectionKind.Unusable)
            ElectionLog.Unusable(_logger, context.Lease, rejection.Message, fix);
        else
            ElectionLog.Rejected(_logger, context.Lease, rejection.Verb, rejection.StatusCode, rejection.Message, fix);
    }

    /// <summary>A write is sent that asks for this version; 0 for a create.</summary>
    public void Sends(long version) => Volatile.Write(ref _sentVersion, version);

    /// <summary>A request had no answer, or one that cannot be understood.</summary>
    public void Failed(string verb, string why)
    {
        context.Monitor?.Server.Failed(verb, why);
        lock (_gate)
        {
            if (!_failing.Add(Verbs.GroupOf(verb)))
                return;
        }

        ElectionLog.ServerUnreachable(_logger, context.Lease, verb, why);
    }

    /// <summary>A request has had no answer for a while, and is still waited for.</summary>
    public void Slow(string verb, TimeSpan since) => _slow.Noticed(verb, since);

    /// <summary>The server sent something by itself, so reading works.</summary>
    public void Heard(string verb)
    {
        bool recovered;
        lock (_gate)
            recovered = _failing.Count > 0 && (_failing.Remove(Verbs.Watch) | _failing.Remove(Verbs.Get));
        if (!recovered)
            return;
        context.Monitor?.Server.Heard();
        ElectionLog.ServerReachable(_logger, context.Lease, verb);
    }

    /// <summary>The Lease is like this, by a read or the watch.</summary>
    public void Saw(in LeaseSnapshot lease)
    {
        // Another took it since: whether our last write works is no question any more, and a standby may send none for days.
        if (lease.Version <= Volatile.Read(ref _sentVersion)
            || !lease.Spec.HasHolder
            || lease.Spec.HolderIdentity == context.Settings.Identity)
            return;
        lock (_gate)
            _failing.Remove(Verbs.GroupOf(Verbs.Update));
        _slow.Forget(Verbs.Update);
        context.Monitor?.Server.WriteIsMoot();
    }

    /// <summary>A request was answered.</summary>
    /// <param name="verb">Kubernetes' verb for it.</param>
    /// <param name="took">How long that took; null where nobody asked (a watch).</param>
    public void Succeeded(string verb, TimeSpan? took = null)
    {
        context.Monitor?.StoreWorks();
        context.Monitor?.Server.Succeeded(verb);
        bool granted, recovered;
        lock (_gate)
        {
            granted = _rejected.Remove(verb);
            recovered = _failing.Count > 0
                && (_failing.Remove(Verbs.GroupOf(verb)) | (Verbs.IsWrite(verb) && _failing.Remove(Verbs.Get)));
        }

        if (granted)
            ElectionLog.Granted(_logger, context.Lease, verb);
        if (recovered)
            ElectionLog.ServerReachable(_logger, context.Lease, verb);
        if (took is { } time)
            _slow.Answered(verb, time);
    }

    /// <summary>A write was stored. Something between us and the store may have changed it.</summary>
    public void Stored(WriteDifference? difference)
    {
        if (difference is not { } found)
        {
            if (Interlocked.Exchange(ref _altered, null) is not null)
                context.Monitor?.Server.WasKept();
            return;
        }

        context.Monitor?.Server.WasAltered(
            $"the API server did not keep what was written: {found.Field} was sent as {found.Sent}, and kept as {found.Kept}; probably a "
            + "mutating admission webhook changes Leases");
        if (Interlocked.Exchange(ref _altered, found.Field) != found.Field)
            ElectionLog.WriteAltered(_logger, context.Lease, found.Field, found.Sent, found.Kept);
    }
}
