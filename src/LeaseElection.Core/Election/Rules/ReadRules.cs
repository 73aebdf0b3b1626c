using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Leases;

namespace LeaseElection.Election.Rules;

/// <summary>Reads, and the watch: what is asked of the server besides writes.</summary>
internal static class ReadRules
{
    /// <summary>Sends the read that is wanted, when it is time.</summary>
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
    /// A watch that has said nothing for a third of the lease may be stalled: one read tells. So a stalled watch delays a takeover by no
    /// more than that. Without a working watch this is polling.
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
                // The watch should have told us. One that is known to fail goes on trying, at its own pace: it goes on where it was, and tells when it works.
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
                // A watch that tells of it only later tells of the Lease's last days first, and would unsettle a create of ours.
                if (deleted && requests.Watching)
                    Watch(ref step);
                break;
            case ReadOutcome.Found:
                // What came meanwhile is newer and says all that this read could. (Of a store that was restored under it, the next read tells.)
                Answered(ref requests);
                break;
            case ReadOutcome.Absent:
                // Deleted before what came meanwhile, or after it? Ask again.
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

    public static void Watch(ref Step step)
    {
        step.State.Requests.Watching = true;
        step.State.Requests.WatchOwes = 0;
        step.Do(new(EffectKind.Watch) { Version = step.State.View.Baseline });
    }

    // A read that was faster than the watch does not prove that the watch is stalled: its event may be on the way. To watch anew at once
    // costs a round trip, in which a release would come late. The event of a replaced Lease is not waited for: it tells of the old one's last days first.
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
