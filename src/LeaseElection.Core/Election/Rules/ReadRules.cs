using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Leases;

namespace LeaseElection.Election.Rules;

/// <summary>Reads, and the watch: what we ask of the server besides writes.</summary>
internal static class ReadRules
{
    /// <summary>Sends the wanted read when it is time.</summary>
    public static void Decide(ref Step step)
    {
        ref var requests = ref step.State.Requests;
        if (requests.ReadWanted && !requests.Reading && step.Reached(requests.ReadAt))
            step.Read();

        ref var view = ref step.State.View;
        if (requests.Watching && !requests.WatchBroken && requests.WatchOwes > view.Told && step.Reached(requests.WatchOwesUntil))
            Watch(ref step);
        if (!requests.Watching && !requests.ReadWanted && view.Baseline > 0 && step.State.Lifecycle == Lifecycle.Running)
            Watch(ref step);
    }

    /// <summary>
    /// A watch that has said nothing for a third of the lease may be stalled; one read finds out. So a stalled watch delays a takeover by
    /// no more than that. Without a working watch this is polling.
    /// </summary>
    public static void KeepWatching(ref Step step)
    {
        ref var state = ref step.State;
        if (state.Requests.Reading || state.Requests.ReadWanted || state.View.Knowledge == Knowledge.Unknown)
            return;
        var lease = step.Settings.LeaseDuration;
        if (state.View.Wait > TimeSpan.Zero && state.View.Wait < lease)
            lease = state.View.Wait;
        var silence = state.Requests.WatchBroken ? step.Settings.RetryPeriod + (state.View.Jitter * 2) : lease / 3;
        if (step.Reached(state.View.LastNews + silence))
            step.Read();
    }

    public static void Ended(ref Step step, ElectionInput.ReadEnded input)
    {
        ref var state = ref step.State;
        ref var requests = ref state.Requests;
        requests.Reading = false;
        var current = requests.ReadStamp == state.View.Stamp;
        switch (input.Outcome)
        {
            case ReadOutcome.Found { Lease: var lease } when lease.Version >= state.View.Baseline:
                var news = lease.Version > state.View.Baseline;
                var replaced = lease.Uid != state.View.Lease.Uid;
                var unasked = !requests.ReadWanted;
                Answered(ref requests);
                Observations.Observe(ref step, lease);
                // The watch should have reported this. A watch that is known to fail is left alone: it resumes where it was, at its own
                // pace, and reports when it works.
                if (news && unasked && requests.Watching && !requests.WatchBroken)
                    Doubt(ref step, lease.Version, replaced);
                break;
            case ReadOutcome.Found { Lease: var older } when current:
                Answered(ref requests);
                Observations.Restored(ref step, older);
                Watch(ref step);
                break;
            case ReadOutcome.Absent when current:
                var deleted = state.View.Knowledge == Knowledge.Present;
                Answered(ref requests);
                Observations.Absent(ref step);
                // A lagging watch would replay old events and mark our create as overtaken.
                if (deleted && requests.Watching)
                    Watch(ref step);
                break;
            case ReadOutcome.Found:
                // What came meanwhile is newer than this read. (If etcd was restored meanwhile, the next read finds out.)
                Answered(ref requests);
                break;
            case ReadOutcome.Absent:
                // Was the Lease deleted before or after what came meanwhile? Read again.
                step.WantRead(beforeWriting: requests.WriteNeedsRead);
                break;
            case ReadOutcome.Rejected:
                step.WantRead(beforeWriting: requests.WriteNeedsRead);
                requests.ReadAt = step.Now.Monotonic + step.AfterRejection();
                break;
            default:
                step.WantRead(beforeWriting: requests.WriteNeedsRead);
                requests.ReadAt = step.Now.Monotonic + step.AfterFailure((input.Outcome as ReadOutcome.Failed)?.RetryAfter);
                break;
        }
    }

    /// <summary>
    /// What a read beside an open write shows. It answers no read that is wanted, and an older version is left to that: only news count.
    /// </summary>
    public static void Learn(ref Step step, ReadOutcome outcome, long? stamp)
    {
        ref var state = ref step.State;
        if (outcome is ReadOutcome.Found { Lease: var lease } && lease.Version >= state.View.Baseline)
        {
            var news = lease.Version > state.View.Baseline;
            var replaced = lease.Uid != state.View.Lease.Uid;
            Observations.Observe(ref step, lease);
            if (news && state.Requests.Watching && !state.Requests.WatchBroken)
                Doubt(ref step, lease.Version, replaced);
        }
        else if (outcome is ReadOutcome.Absent && stamp == state.View.Stamp && state.View.Knowledge == Knowledge.Present)
        {
            Observations.Absent(ref step);
            if (state.Requests.Watching)
                Watch(ref step);
        }
    }

    public static void Watch(ref Step step)
    {
        step.State.Requests.Watching = true;
        step.State.Requests.WatchOwes = 0;
        step.State.Requests.WatchTold = step.State.View.Baseline; // It misses nothing from there on.
        step.Do(new(EffectKind.Watch) { Version = step.State.View.Baseline });
    }

    // A read that was faster than the watch does not prove that the watch is stalled: its event may be on the way. A restart of the watch
    // costs a round trip, and a release in that time would be noticed late. After a replacement, restart at once: the watch would replay
    // the old Lease's events first.
    private static void Doubt(ref Step step, long version, bool replaced)
    {
        ref var requests = ref step.State.Requests;
        if (replaced)
        {
            Watch(ref step);
        }
        else if (requests.WatchOwes <= step.State.View.Told)
        {
            requests.WatchOwes = version;
            requests.WatchOwesUntil = step.Now.Monotonic + step.Settings.RequestTimeout;
        }
    }

    private static void Answered(ref Requests requests)
    {
        requests.ReadWanted = false;
        requests.WriteNeedsRead = false;
        requests.ReadAt = default;
    }
}
