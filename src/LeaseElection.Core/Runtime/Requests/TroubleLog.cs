using LeaseElection.Diagnostics;
using LeaseElection.Leases;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Runtime.Requests;

/// <summary>Logs what is wrong with the API server: once when it begins, once when it is over.</summary>
internal sealed class TroubleLog(ElectorContext context)
{
    private readonly ILogger _logger = context.Logger;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RejectionKind> _rejected = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);

    public void Rejected(Rejection rejection)
    {
        var fix = RejectionAdvice.For(rejection, context.Lease);
        context.Monitor?.Rejected(rejection, fix);
        lock (_gate)
        {
            if (_rejected.TryGetValue(rejection.Verb, out var kind) && kind == rejection.Kind)
                return;
            _rejected[rejection.Verb] = rejection.Kind;
        }

        ElectionLog.Rejected(_logger, context.Lease, rejection.Verb, rejection.StatusCode, rejection.Message, fix);
    }

    public void Failed(string verb, string why)
    {
        context.Monitor?.Failed(verb, why);
        lock (_gate)
        {
            if (!_failing.Add(verb) || _failing.Count > 1)
                return; // One outage makes every verb fail.
        }

        ElectionLog.ServerUnreachable(_logger, context.Lease, verb, why);
    }

    /// <summary>The server sent something by itself, so it is reachable: an outage is over.</summary>
    public void Heard(string verb)
    {
        lock (_gate)
        {
            if (_failing.Count == 0)
                return;
            _failing.Clear();
        }

        context.Monitor?.Heard();
        ElectionLog.ServerReachable(_logger, context.Lease, verb);
    }

    public void Succeeded(string verb)
    {
        context.Monitor?.Succeeded(verb);
        bool granted, recovered;
        lock (_gate)
        {
            granted = _rejected.Remove(verb);
            recovered = _failing.Count > 0;
            _failing.Clear();
        }

        if (granted)
            ElectionLog.Granted(_logger, context.Lease, verb);
        if (recovered)
            ElectionLog.ServerReachable(_logger, context.Lease, verb);
    }
}
