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
        view.Told = Math.Max(view.Told, lease.Version);
        if (lease.Version > view.Baseline)
            Observe(ref step, lease);
        else if (!told && !step.State.Hold.Exists)
            StandbyRules.AcceptPredecessor(ref step, lease);
    }

    public static void Deleted(ref Step step, long version)
    {
        ref var view = ref step.State.View;
        view.LastNews = step.Now.Monotonic;
        view.Told = Math.Max(view.Told, version);
        if (version <= view.Baseline)
            return;
        view.Baseline = version;
        Absent(ref step);
    }

    /// <summary>The Lease is like this, now or a moment ago, and we know nothing newer.</summary>
    public static void Observe(ref Step step, in LeaseSnapshot lease)
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
            state.Hold.Version = lease.Version;
            state.Hold.Rest = lease.Rest;
            StandbyRules.Accept(ref step, lease);
            return;
        }

        if (state.Hold.Exists)
            HolderRules.Lose(ref step, ReasonFor(step, lease));
        else
            StandbyRules.AcceptReplacement(ref step, lease.Uid);
        if (lease.Spec.HolderIdentity == step.Settings.Identity && !state.Writes.IsConfirmed(lease) && !IsKnown(state.View, lease))
            step.Notify(Notice.IdentityShared);
        StandbyRules.Accept(ref step, lease);
    }

    public static void Absent(ref Step step)
    {
        var held = step.State.Hold.Exists;
        if (held)
            HolderRules.Lose(ref step, TermEndReason.LeaseDeleted);
        StandbyRules.AcceptAbsence(ref step, heldUntilNow: held);
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

    private static bool IsKnown(in LeaseView view, in LeaseSnapshot lease) =>
        view.Knowledge == Knowledge.Present && view.Lease.Spec.HolderIdentity == lease.Spec.HolderIdentity;

    private static TermEndReason ReasonFor(in Step step, in LeaseSnapshot lease)
    {
        if (lease.Spec.HasHolder && lease.Spec.HolderIdentity != step.Settings.Identity)
            return TermEndReason.Superseded;
        return lease.Uid == step.State.Hold.Uid ? TermEndReason.LeaseEdited : TermEndReason.LeaseDeleted;
    }
}
