using LeaseElection.Leases;
using LeaseElection.Simulation.Playing;
using LeaseElection.Simulation.Servers;

namespace LeaseElection.Simulation.Replicas;

/// <summary>
/// A candidate by client-go's rules: polls, waits for the record's duration from its own sight of a change, counts its term from the reply,
/// and on leaving reads once more and clears whatever it finds, be it a successor's.
/// </summary>
internal sealed class ClientGoPeer(World world, int number, double habit)
{
    private readonly Dice _dice = world.Dice.Fork(0xC11E47 + (ulong)number);
    private readonly Link _link = new(
        world.Agenda, world.Dice.Fork(0xBEEF + (ulong)number), world.Plan.FastestHop, world.Plan.SlowestHop * 3, world.Outage);
    private readonly TimeSpan _lease = world.Plan.LongestLease;
    private LeaseSnapshot? _observed;
    private TimeSpan _observedAt;
    private TimeSpan _leadsUntil;
    private bool _isLeaving;
    private bool _isGone;

    private string Name => $"client-go-{number}";

    /// <summary>Gets a value indicating whether it believes to lead, by its own rules.</summary>
    public bool Leads => !_isGone && world.Agenda.Now < _leadsUntil;

    public void Start() => Try();

    public void Leave()
    {
        _isLeaving = true;
        if (habit < 0.4 || !Believes)
        {
            _isGone = true;
            return;
        }

        // ReleaseOnCancel, after it believed for as long as it liked.
        _link.Send(world.Server.Read, Release, () => _isGone = true);
    }

    private bool Believes => _observed is { } seen && seen.Spec.HolderIdentity == Name;

    private void Release(ReadOutcome read)
    {
        _isGone = true;
        if (read is not ReadOutcome.Found { Lease: var lease })
            return;
        var stamp = Stamp();
        Send(new()
        {
            Spec = lease.Spec with { HolderIdentity = "", LeaseDurationSeconds = 1, AcquireTime = stamp, RenewTime = stamp },
            Mark = lease.Mark!,
            Uid = lease.Uid,
            Version = lease.Version,
            Rest = lease.Rest,
        });
    }

    private void Try()
    {
        if (_isLeaving)
            return;
        _link.Send(world.Server.Read, Read, () => { });
        world.Agenda.After(_lease * (2.0 / 15) * _dice.Between(1, 2.2), Try);
    }

    private void Read(ReadOutcome read)
    {
        if (_isLeaving)
            return;
        var stamp = Stamp();
        var spec = new LeaseSpec { HolderIdentity = Name, LeaseDurationSeconds = (int)_lease.TotalSeconds, AcquireTime = stamp, RenewTime = stamp, LeaseTransitions = 0 };
        if (read is ReadOutcome.Absent)
        {
            Send(new() { Spec = spec, Mark = null! });
            return;
        }

        if (read is not ReadOutcome.Found { Lease: var lease })
            return;
        if (_observed is not { } seen || seen.Spec != lease.Spec)
            (_observed, _observedAt) = (lease, world.Agenda.Now);
        var ours = lease.Spec.HolderIdentity == Name;
        var valid = _observedAt + TimeSpan.FromSeconds(lease.Spec.LeaseDurationSeconds ?? 0) > world.Agenda.Now;
        if (lease.Spec.HasHolder && valid && !ours)
            return;
        Send(new()
        {
            Spec = lease.Spec with
            {
                HolderIdentity = Name,
                LeaseDurationSeconds = spec.LeaseDurationSeconds,
                AcquireTime = ours ? lease.Spec.AcquireTime : stamp,
                RenewTime = stamp,
                LeaseTransitions = ours ? lease.Spec.LeaseTransitions : (lease.Spec.LeaseTransitions ?? 0) + 1,
            },
            Mark = lease.Mark!,
            Uid = lease.Uid,
            Version = lease.Version,
            Rest = lease.Rest,
        });
    }

    private void Send(LeaseWrite write)
    {
        var sentAt = world.Agenda.Now;
        _link.Send(() => world.Write(write, Name, sentAt), Sent, () => { });
    }

    private void Sent(WriteOutcome outcome)
    {
        if (outcome is not WriteOutcome.Written written || _isGone)
            return;
        (_observed, _observedAt) = (written.Lease, world.Agenda.Now);
        _leadsUntil = world.Agenda.Now + (_lease * 0.8);
        if (world.Alive.Any(r => r.CanAnswer && r.IsLeader))
            world.Statistics.PeerOverlaps++;
    }

    private MicroTime Stamp() => MicroTime.From(DateTimeOffset.UnixEpoch + world.Agenda.Now);
}
