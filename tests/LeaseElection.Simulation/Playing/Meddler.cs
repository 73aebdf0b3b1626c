using LeaseElection.Election.State;
using LeaseElection.Leases;
using LeaseElection.Simulation.Plans;

namespace LeaseElection.Simulation.Playing;

/// <summary>
/// Somebody with kubectl, or another kind of elector. What it may not do is imitate a release (no holder, no living mark) or shorten what
/// is
/// waited for by putting a record of its own with a shorter lease in a holder's place: against those no elector can be safe.
/// </summary>
internal sealed class Meddler(World world)
{
    public void Meddle(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Delete:
                world.Server.Delete("somebody");
                break;
            case FaultKind.DeleteAndTake:
                world.Server.Delete("somebody");
                world.Server.Create("another elector", Seized(default));
                if (fault.Amount < 0.5) // And leaves again at once.
                    world.Server.Edit(
                        "another elector", l => l with { Spec = l.Spec with { HolderIdentity = "", LeaseDurationSeconds = 1 } });
                break;
            case FaultKind.Steal:
                Edit(l => l with { Spec = l.Spec with { HolderIdentity = "thief" } });
                break;
            case FaultKind.Seize:
                world.Server.Edit("another elector", l => l with { Spec = Seized(l.Spec) });
                break;
            case FaultKind.Erase:
                Edit(l => l with { Spec = l.Spec with { HolderIdentity = fault.Amount < 0.5 ? null : "", LeaseDurationSeconds = fault.Amount < 0.3 ? 1 : l.Spec.LeaseDurationSeconds } });
                break;
            case FaultKind.EraseSpec:
                Edit(l => l with { Spec = default });
                break;
            case FaultKind.Shorten:
                Edit(l => l with { Spec = l.Spec with { LeaseDurationSeconds = fault.Amount < 0.5 ? 1 : null } });
                break;
            case FaultKind.PutBack:
                PutBack(fault.Amount);
                break;
            case FaultKind.EditLabels:
                world.Server.Edit("somebody", l => l with { Rest = new object() });
                break;
            case FaultKind.Retime:
                Edit(l => l with { Spec = l.Spec with { RenewTime = Now } });
                break;
            case FaultKind.Impersonate when world[fault.Target] is { } replica:
                Edit(l => l with { Spec = l.Spec with { HolderIdentity = replica.Name, AcquireTime = fault.Amount < 0.5 ? null : l.Spec.AcquireTime, RenewTime = Now } });
                break;
            case FaultKind.Impersonate:
                break;
            case FaultKind.EditMark:
                EditNotShortening(l => l with { Mark = OtherMark(l, fault.Amount) });
                break;
            case FaultKind.EditTransitions:
                EditNotShortening(l => l with { Spec = l.Spec with { LeaseTransitions = fault.Amount switch { < 0.25 => null, < 0.5 => int.MaxValue, < 0.75 => -1, _ => l.Spec.LeaseTransitions + 5 } } });
                break;
            case FaultKind.EditDuration:
                Edit(l => l with { Spec = l.Spec with { LeaseDurationSeconds = fault.Amount switch { < 0.3 => -1, < 0.6 => 0, _ => (int)world.Plan.LongestLease.TotalSeconds } } });
                break;
            default:
                throw new InvalidOperationException($"{fault.Kind} is no meddling.");
        }
    }

    private MicroTime Now => MicroTime.From(DateTimeOffset.UnixEpoch + world.Agenda.Now);

    private LeaseSpec Seized(LeaseSpec found)
    {
        var now = Now;
        return found with
        {
            HolderIdentity = "another",
            LeaseDurationSeconds = (int)world.Plan.LongestLease.TotalSeconds,
            AcquireTime = now,
            RenewTime = now,
            LeaseTransitions = (found.LeaseTransitions ?? 0) + 1,
        };
    }

    // Only where that leaves a mark that lives, or a holder: a Lease that somebody released stays as it is.
    private void Edit(Func<LeaseSnapshot, LeaseSnapshot> edit)
    {
        if (world.Server.Lease is { } lease && lease.Spec.HasHolder && IsMarked(lease) && !LooksUnchanged(edit(lease)))
            world.Server.Edit("somebody", edit);
    }

    // Not where less would be waited for afterwards than before: that is an acquisition by an elector with a shorter lease.
    private void EditNotShortening(Func<LeaseSnapshot, LeaseSnapshot> edit)
    {
        if (world.Server.Lease is { } lease && WaitedFor(edit(lease)) >= WaitedFor(lease))
            Edit(edit);
    }

    private string? OtherMark(in LeaseSnapshot lease, double which)
    {
        var longest = (int)world.Plan.LongestLease.TotalSeconds;
        var transitions = lease.Spec.LeaseTransitions ?? 0;
        return which switch
        {
            < 0.25 => null,
            < 0.5 => "no mark",
            < 0.75 => TermMark.Compose(nonce: 0, longest, transitions + 1),
            _ => TermMark.Compose(nonce: 0, longest, transitions),
        };
    }

    // The very record that somebody saw last, made again behind its back, looks like no change at all (docs/safety.md, Limits).
    private bool LooksUnchanged(LeaseSnapshot made) => world.Alive.Any(r => r.State.View.Knowledge == Knowledge.Present
        && r.State.View.Lease.Version != world.Server.Lease!.Value.Version
        && r.State.View.Lease.Spec == made.Spec && r.State.View.Lease.Mark == made.Mark);

    private void PutBack(double which)
    {
        if (world.Server.Lease is not { } lease)
            return;
        var held = world.Server.History.Where(e => e.Lease is { } old && old.Uid == lease.Uid && old.Spec.HasHolder
            && WaitedFor(old) >= WaitedFor(lease)).ToList();
        if (held.Count == 0)
            return;
        var old = held[(int)(which * held.Count)].Lease!.Value;
        // As above, and whatever its mark; and nobody's own write, which it would take for the one that it sent.
        if (world.Alive.Any(r => (r.State.View.Knowledge == Knowledge.Present && r.State.View.Lease.Spec == old.Spec) || r.State.Writes.FindUnconfirmed(old) is not null))
            return;
        world.Server.Edit("somebody", l => l with { Spec = old.Spec, Mark = old.Mark });
    }

    private static bool IsMarked(in LeaseSnapshot lease) => TermMark.Parse(lease.Mark) is { } mark && mark.IsAliveIn(lease.Spec);

    private static int WaitedFor(in LeaseSnapshot lease) => Math.Max(
        lease.Spec.LeaseDurationSeconds ?? 0,
        TermMark.Parse(lease.Mark) is { } mark && mark.IsAliveIn(lease.Spec) ? mark.LeaseDurationSeconds : 0);
}
