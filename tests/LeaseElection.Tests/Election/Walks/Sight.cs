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

    /// <summary>Gets until when holders are waited for whose Lease was deleted.</summary>
    public MonotonicInstant Floor { get; private set; }

    /// <summary>Gets a count of news: whatever came after a read was sent makes its answer old.</summary>
    public long News { get; private set; }

    public bool Restored { get; private set; }

    /// <summary>Gets the marks of all terms that were ever seen.</summary>
    public HashSet<string> Marks { get; } = [];

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
        var same = !Restored && Lease is { } old && old.Uid == lease.Uid && old.Spec == lease.Spec;
        if (same)
            wait = Longest(wait, Wait);
        if (!same || (Alive(lease) && Lease!.Value.Mark != lease.Mark))
            Since = now;
        Wait = wait;
        (Known, Lease, Best) = (true, lease, lease.Version);
        Marks.Add(lease.Mark ?? "");
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
            Floor = MonotonicInstant.Max(Floor, now + Wait);
        }

        (Known, Lease, Best) = (true, null, Math.Max(Best, version));
        News++;
    }

    private static TimeSpan Required(in LeaseSnapshot lease, ElectionSettings settings)
    {
        var alive = Alive(lease);
        var free = string.IsNullOrEmpty(lease.Spec.HolderIdentity);
        if (free && !alive)
            return TimeSpan.Zero;
        var recorded = lease.Spec.LeaseDurationSeconds is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : settings.LeaseDuration;
        return alive ? Longest(recorded, TimeSpan.FromSeconds(int.Parse(lease.Mark!.Split('/')[1], null))) : recorded;
    }

    private static bool Alive(in LeaseSnapshot lease) =>
        lease.Mark?.Split('/') is [_, _, var count] && (lease.Spec.LeaseTransitions is not { } transitions || count == $"{transitions}");

    private static TimeSpan Longest(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
