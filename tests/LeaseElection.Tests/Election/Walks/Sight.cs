using LeaseElection.Election;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>
/// What a candidate has been shown of the Lease, and how long S3 makes it wait: the monitor's own account, from inputs alone.
/// </summary>
internal sealed class Sight
{
    private long _newsAtRead;

    public bool Known { get; private set; }

    /// <summary>Gets the Lease; null when it is absent.</summary>
    public LeaseSnapshot? Lease { get; private set; }

    public long Best { get; private set; }

    public MonotonicInstant Since { get; private set; }

    public TimeSpan Wait { get; private set; }

    /// <summary>Gets a count of news: whatever came after a read was sent makes its answer old.</summary>
    public long News { get; private set; }

    public bool Restored { get; private set; }

    public HashSet<string> Uids { get; } = [];

    public void ReadSent() => _newsAtRead = News;

    /// <returns>Whether it is news: not older than what was known.</returns>
    public bool See(in LeaseSnapshot lease, MonotonicInstant now, ElectionSettings settings, bool read)
    {
        Restored = false;
        if (read ? lease.Version < Best : lease.Version <= Best)
        {
            if (!read || _newsAtRead != News)
                return false;
            Restored = true;
        }

        var wait = Required(lease, settings);
        if (Restored)
            wait = Longest(wait, Longest(Wait, settings.LeaseDuration));
        if (!Restored && Lease is { } old && old.Uid == lease.Uid && old.Spec == lease.Spec)
            wait = Longest(wait, Wait);
        else
            Since = now;
        Wait = wait;
        (Known, Lease, Best) = (true, lease, lease.Version);
        Uids.Add(lease.Uid);
        News++;
        return true;
    }

    /// <param name="version">The deletion's; 0 for a read that found nothing.</param>
    /// <param name="now">When.</param>
    /// <param name="held">Whether we held the Lease, validly, until this moment.</param>
    public void Miss(long version, MonotonicInstant now, bool held)
    {
        if (version == 0 ? _newsAtRead != News : version <= Best)
            return;
        if (!Known || Lease is not null)
        {
            Since = now;
            Wait = held || !Known ? TimeSpan.Zero : Wait;
        }

        (Known, Lease, Best) = (true, null, Math.Max(Best, version));
        News++;
    }

    private static TimeSpan Required(in LeaseSnapshot lease, ElectionSettings settings)
    {
        var parts = lease.Mark?.Split('/') ?? [];
        var alive = parts.Length == 3 && (lease.Spec.LeaseTransitions is not { } count || parts[2] == $"{count}");
        var free = string.IsNullOrEmpty(lease.Spec.HolderIdentity);
        if (free && !alive)
            return TimeSpan.Zero;
        var recorded = lease.Spec.LeaseDurationSeconds is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : settings.LeaseDuration;
        return alive ? Longest(recorded, TimeSpan.FromSeconds(int.Parse(parts[1], null))) : recorded;
    }

    private static TimeSpan Longest(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
