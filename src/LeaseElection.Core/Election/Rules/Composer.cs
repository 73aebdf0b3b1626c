using LeaseElection.Election.Inputs;
using LeaseElection.Election.State;
using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Election.Rules;

/// <summary>
/// S1 and S4: where writes are composed. Each write carries the uid and the latest version of the observation that justified it, so that a
/// stale write ends in a conflict, never in a second leader. A term begins only from a write of this file that took effect.
/// </summary>
internal static class Composer
{
    /// <summary>Makes us the holder: creates the Lease where there is none, else overwrites exactly what was seen.</summary>
    public static LeaseWrite Acquire(in LeaseView view, ElectionSettings settings, in Moment now)
    {
        var found = view.Knowledge == Knowledge.Present ? view.Lease : default;
        var stamp = MicroTime.From(now.Wall);
        var transitions = view.Knowledge == Knowledge.Present ? NextTransition(found.Spec.LeaseTransitions) : 0;
        return new()
        {
            Spec = found.Spec with
            {
                HolderIdentity = settings.Identity,
                LeaseDurationSeconds = settings.LeaseDurationSeconds,
                AcquireTime = stamp,
                RenewTime = stamp,
                LeaseTransitions = transitions,
            },
            Mark = TermMark.Compose(now.Random, settings.LeaseDurationSeconds, transitions),
            Uid = found.Uid,
            Version = found.Version,
            Rest = found.Rest,
        };
    }

    public static LeaseWrite Renew(in Hold hold, in Moment now) => new()
    {
        Spec = hold.Spec with { RenewTime = NextStamp(hold, now), LeaseDurationSeconds = hold.Settings.LeaseDurationSeconds },
        Mark = hold.Mark,
        Uid = hold.Uid,
        Version = hold.Version,
        Rest = hold.Rest,
    };

    /// <summary>client-go's form: empty strings and one second. Nulls would lock KubernetesClient's elector out for ever.</summary>
    public static LeaseWrite Release(in Hold hold, in Moment now)
    {
        var stamp = NextStamp(hold, now);
        return new()
        {
            Spec = hold.Spec with { HolderIdentity = "", LeaseDurationSeconds = 1, AcquireTime = stamp, RenewTime = stamp },
            Mark = TermMark.Emptied,
            Uid = hold.Uid,
            Version = hold.Version,
            Rest = hold.Rest,
        };
    }

    // Always increases, whatever the wall clock does, and by at least the time that really passed: other electors compare whole seconds,
    // and our standbys recognise a renewal by the change.
    private static MicroTime NextStamp(in Hold hold, in Moment now)
    {
        var least = hold.LastStamp.Add(
            TimeSpan.FromMicroseconds(Math.Max(1, Math.Ceiling((now.Monotonic - hold.LastStampAt).TotalMicroseconds))));
        var wall = MicroTime.From(now.Wall);
        return wall > least ? wall : least;
    }

    // The API server refuses a negative count; the field is an int32.
    private static int NextTransition(int? transitions) => transitions switch
    {
        null or < 0 => 1,
        int.MaxValue => int.MaxValue,
        { } count => count + 1,
    };
}
