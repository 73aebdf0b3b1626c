using LeaseElection.Election.State;
using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Election.Rules;

/// <summary>
/// What somebody else's edit of our record means (design, "Echoes" and S3). A manifest that is applied again and again must not cost the
/// term; an erasure that we see at once leaves nobody else who could hold, so we need not wait for ourselves.
/// </summary>
internal static class EditRules
{
    /// <summary>
    /// Whether the term goes on under this record: our holder and mark, a duration that makes nobody wait for less, and no renewTime that
    /// we have not sent ourselves.
    /// </summary>
    public static bool Keeps(in Hold hold, in LeaseSnapshot lease) =>
        lease.Uid == hold.Uid
        && lease.Mark == hold.Mark
        && lease.Spec.HolderIdentity == hold.Spec.HolderIdentity
        && lease.Spec.LeaseDurationSeconds >= hold.Spec.LeaseDurationSeconds
        && (lease.Spec.RenewTime is not { } time || time.Micro <= hold.LastStamp);

    /// <summary>
    /// Keeps the term, and extends nothing. A renewal follows at once, but only one such renewal in a RetryPeriod, and puts duration and
    /// transitions right: with other transitions the mark is dead.
    /// </summary>
    public static void Keep(ref Step step, in LeaseSnapshot lease)
    {
        ref var state = ref step.State;
        ref var hold = ref state.Hold;
        if (lease.Version != hold.Version)
        {
            var at = MonotonicInstant.Max(step.Now.Monotonic, hold.NextExtraRenewal);
            hold.NextExtraRenewal = at + hold.Settings.RetryPeriod;
            state.Requests.WriteAt = MonotonicInstant.Min(state.Requests.WriteAt, at);
        }

        hold.Version = lease.Version;
        hold.Rest = lease.Rest;
        // The next renewal builds on our own time, duration and transitions, and on everything else as it was found.
        hold.Spec = lease.Spec with
        {
            RenewTime = hold.Spec.RenewTime,
            LeaseDurationSeconds = hold.Spec.LeaseDurationSeconds,
            LeaseTransitions = hold.Spec.LeaseTransitions,
        };
        state.Writes.ConfirmEdit(lease.Spec);
        StandbyRules.Accept(ref step, lease);
    }

    /// <summary>
    /// Whether nobody else can hold under this record, which ends our term: it names nobody else, and either our living mark shows that
    /// nobody has acquired since, or nothing happened between our own version and this one.
    /// </summary>
    public static bool MayTakeBack(in Hold hold, in LeaseSnapshot lease, bool isNext) =>
        lease.Uid == hold.Uid
        && (!lease.Spec.HasHolder || lease.Spec.HolderIdentity == hold.Spec.HolderIdentity)
        && (isNext || (lease.Mark == hold.Mark && TermMark.Parse(lease.Mark) is { } mark && mark.IsAliveIn(lease.Spec)));

    /// <summary>When: at once; but one who erases again and again must not make a storm of us.</summary>
    public static MonotonicInstant TakesBackAt(ref Step step)
    {
        ref var state = ref step.State;
        var now = step.Now.Monotonic;
        var again = state.TookBackAt is { } last && now - last < step.Settings.LeaseDuration;
        state.TakenBack = again ? state.TakenBack + 1 : 0;
        state.TookBackAt = now;
        return state.TakenBack == 0 ? now : now + (step.Settings.RetryPeriod * Math.Pow(2, Math.Min(state.TakenBack - 1, 6)));
    }
}
