using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Leases;

namespace LeaseElection.Election.Rules;

/// <summary>What a watch or a read says of the Lease, and whether it is an echo of our own writes (design, "Echoes").</summary>
internal static class Observations
{
    /// <summary>
    /// A watch event. One that is no newer than what we know counts only for the holder of a Lease that was replaced unseen.
    /// </summary>
    public static void Seen(ref Step step, in LeaseSnapshot lease)
    {
        ref var view = ref step.State.View;
        view.LastNews = step.Now.Monotonic;
        var told = lease.Version <= view.Told;
        var isNext = IsNextAfterHold(step.State);
        view.Told = Math.Max(view.Told, lease.Version);
        step.State.Requests.WatchTold = lease.Version;
        if (lease.Version > view.Baseline)
            Observe(ref step, lease, isNext);
        else if (!told && !step.State.Hold.Exists)
            StandbyRules.AcceptPredecessor(ref step, lease);
    }

    public static void Deleted(ref Step step, long version)
    {
        ref var view = ref step.State.View;
        view.LastNews = step.Now.Monotonic;
        var isNext = IsNextAfterHold(step.State);
        view.Told = Math.Max(view.Told, version);
        step.State.Requests.WatchTold = version;
        if (version <= view.Baseline)
            return;
        view.Baseline = version;
        Absent(ref step, isNext);
    }

    /// <summary>The Lease is like this, now or a moment ago, and we know nothing newer.</summary>
    /// <param name="step">The step.</param>
    /// <param name="lease">What was seen.</param>
    /// <param name="isNext">Whether an unbroken watch showed it as the very next event after the version that we hold.</param>
    /// <param name="isAltered">Whether it is an answer to a write of ours that something changed on its way into the store.</param>
    public static void Observe(ref Step step, in LeaseSnapshot lease, bool isNext = false, bool isAltered = false)
    {
        ref var state = ref step.State;
        if (state.Writes.FindUnconfirmed(lease) is { } own)
        {
            WriteRules.Confirm(ref step, own, lease);
            return;
        }

        if (state.Hold.Exists && lease.Uid == state.Hold.Uid && lease.Spec == state.Hold.Spec)
        {
            // Another client edited labels: we keep them, and write them back as they are now.
            var wasOpen = state.Writes.Open is not null;
            state.Hold.Version = lease.Version;
            state.Hold.Rest = lease.Rest;
            StandbyRules.Accept(ref step, lease);
            if (wasOpen && state.Writes.Open is null)
                WriteRules.TryAgain(ref step); // The renewal that was under way can only conflict.
            return;
        }

        if (state.Hold.Exists && EditRules.Keeps(state.Hold, lease))
        {
            EditRules.Keep(ref step, lease);
            return;
        }

        if (state.Hold.Exists && EditRules.MayTakeBack(state.Hold, lease, isNext))
        {
            HolderRules.Lose(ref step, ReasonFor(step, lease));
            StandbyRules.Accept(ref step, lease, takeBack: true);
            return;
        }

        if (state.Hold.Exists)
            HolderRules.Lose(ref step, ReasonFor(step, lease));
        else
            StandbyRules.AcceptReplacement(ref step, lease.Uid);
        if (!isAltered && lease.Spec.HolderIdentity == step.Settings.Identity
            && !state.Writes.IsConfirmed(lease) && !IsKnown(state.View, lease))
            step.Notify(Notice.IdentityShared);
        StandbyRules.Accept(ref step, lease);
    }

    /// <summary>The Lease does not exist.</summary>
    /// <param name="step">The step.</param>
    /// <param name="isNext">Whether an unbroken watch showed its deletion as the very next event after the version that we hold.</param>
    public static void Absent(ref Step step, bool isNext = false)
    {
        var held = step.State.Hold.Exists;
        if (held)
            HolderRules.Lose(ref step, TermEndReason.LeaseDeleted);
        StandbyRules.AcceptAbsence(ref step, takeBack: held && isNext);
    }

    /// <summary>
    /// A read from etcd, newer than all we know, shows an older version: etcd was restored from a backup. Forget our own writes, and wait
    /// once even for a free record: the backup may not know its holder.
    /// </summary>
    public static void Restored(ref Step step, in LeaseSnapshot lease)
    {
        if (step.State.Hold.Exists)
            HolderRules.Lose(ref step, TermEndReason.LeaseEdited);
        step.Notify(Notice.StoreRestored);
        step.State.Writes.ForgetAll();
        step.State.View.Told = 0;
        StandbyRules.Accept(ref step, lease, waitOnce: true);
    }

    /// <summary>
    /// Our create was answered with a version that is not newer, though we learned of nothing since it was sent: etcd was restored from a
    /// backup without this Lease. We have waited for its last holder, so the create counts.
    /// </summary>
    public static void RestoredWithoutIt(ref Step step)
    {
        step.Notify(Notice.StoreRestored);
        step.State.Writes.ForgetAll();
        step.State.View.Told = step.State.View.Baseline = 0;
        step.State.Requests.Watching = false; // It watches from a version that is still to come.
    }

    // A watch that fails, or that began from another version, has told nothing of the hold yet: what it tells first need not be the next
    // thing that happened.
    private static bool IsNextAfterHold(in ElectionState state) =>
        state.Hold.Exists && !state.Requests.WatchBroken && state.Requests.WatchTold == state.Hold.Version;

    private static bool IsKnown(in LeaseView view, in LeaseSnapshot lease) =>
        view.Knowledge == Knowledge.Present && view.Lease.Spec.HolderIdentity == lease.Spec.HolderIdentity;

    private static TermEndReason ReasonFor(in Step step, in LeaseSnapshot lease)
    {
        if (lease.Spec.HasHolder && lease.Spec.HolderIdentity != step.Settings.Identity)
            return TermEndReason.Superseded;
        return lease.Uid == step.State.Hold.Uid ? TermEndReason.LeaseEdited : TermEndReason.LeaseDeleted;
    }
}
