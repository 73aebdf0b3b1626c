using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Tests.Election.Properties;

/// <summary>
/// S3 once more, written down independently of the machine: what a candidate was shown, since when, and how long that counts.
/// </summary>
internal sealed class Sighting(TimeSpan ourDuration)
{
    private LeaseSnapshot? _lease;
    private bool _absent;
    private TimeSpan _wait;

    public long Version { get; private set; }

    public HashSet<long> Versions { get; } = [];

    public MonotonicInstant Since { get; private set; }

    public MonotonicInstant FreeAt => Since + _wait;

    public void Show(LeaseSnapshot lease, MonotonicInstant now)
    {
        Versions.Add(lease.Version);
        if (lease.Version < Version || (_absent && lease.Version == Version))
            return;
        var same = _lease is { } last && !_absent && last.Uid == lease.Uid && last.Spec == lease.Spec;
        Version = lease.Version;
        _lease = lease;
        _absent = false;
        _wait = same && _wait > Required(lease) ? _wait : Required(lease);
        Since = same ? Since : now;
    }

    public void ShowAbsence(long version, MonotonicInstant now, bool wasOurs)
    {
        if (_absent || version < Version)
            return;
        Version = version;
        _absent = true;
        _wait = wasOurs ? TimeSpan.Zero : _wait;
        Since = now;
    }

    private TimeSpan Required(LeaseSnapshot lease)
    {
        var spec = lease.Spec;
        var mark = lease.Mark?.Split('/') is [_, var seconds, var transitions]
            && (spec.LeaseTransitions is null || spec.LeaseTransitions.ToString() == transitions)
            ? int.Parse(seconds, null)
            : 0;
        if (string.IsNullOrEmpty(spec.HolderIdentity))
            return TimeSpan.FromSeconds(mark);
        return TimeSpan.FromSeconds(Math.Max(mark, spec.LeaseDurationSeconds is > 0 and var own ? own : ourDuration.TotalSeconds));
    }
}
