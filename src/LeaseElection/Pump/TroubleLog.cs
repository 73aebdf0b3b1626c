using LeaseElection.Diagnostics;
using LeaseElection.Leases;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Pump;

/// <summary>Says what is wrong with the API server: once when it begins, once when it is over.</summary>
internal sealed class TroubleLog(ILogger logger, string lease)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, RejectionKind> _rejected = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failing = new(StringComparer.Ordinal);

    public void Rejected(Rejection rejection)
    {
        lock (_gate)
        {
            if (_rejected.TryGetValue(rejection.Verb, out var kind) && kind == rejection.Kind)
                return;
            _rejected[rejection.Verb] = rejection.Kind;
        }

        var fix = RejectionAdvice.For(rejection, lease);
        ElectionLog.Rejected(logger, lease, rejection.Verb, rejection.StatusCode, rejection.Message, fix);
    }

    public void Failed(string verb, string why)
    {
        lock (_gate)
        {
            if (!_failing.Add(verb) || _failing.Count > 1)
                return; // One outage makes every verb fail.
        }

        ElectionLog.ServerUnreachable(logger, lease, verb, why);
    }

    public void Succeeded(string verb)
    {
        bool granted, recovered;
        lock (_gate)
        {
            granted = _rejected.Remove(verb);
            recovered = _failing.Count > 0;
            _failing.Clear();
        }

        if (granted)
            ElectionLog.Granted(logger, lease, verb);
        if (recovered)
            ElectionLog.ServerReachable(logger, lease, verb);
    }
}
