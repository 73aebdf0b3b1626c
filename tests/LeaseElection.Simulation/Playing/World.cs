using LeaseElection.Leases;
using LeaseElection.Simulation.Oracles;
using LeaseElection.Simulation.Plans;
using LeaseElection.Simulation.Replicas;
using LeaseElection.Simulation.Servers;
using LeaseElection.Simulation.Time;
using LeaseElection.TestKit;

namespace LeaseElection.Simulation.Playing;

/// <summary>One world: true time, the server, the network, the replicas, and those who look on. Played once, from its plan alone.</summary>
internal sealed class World
{
    private readonly Replica?[] _replicas;
    private readonly int[] _incarnations;
    private readonly Faults _faults;
    private readonly Dice _oracleDice;

    public World(WorldPlan plan, bool traced = false)
    {
        Plan = plan;
        Agenda = new();
        Trace = traced ? new(() => Agenda.Now) : null;
        Dice = new Dice(plan.Seed).Fork(1);
        _oracleDice = Dice.Fork(2);
        Oracle = new(() => Agenda.Now);
        Liveness = new(Oracle, () => Agenda.Now);
        Storm = new(Oracle);
        Server = new(Dice.Fork(3)) { Changed = Changed, Written = Written, Recreated = Recreated };
        Links = [.. plan.Replicas.Select((_, i) => new Link(Agenda, Dice.Fork(10 + (ulong)i), plan.FastestHop, plan.SlowestHop, Outage))];
        // Another connection has its own luck with what is lost on one, and shares what befalls the whole way.
        OtherLinks = [.. Links.Select((link, i) => new Link(Agenda, Dice.Fork(50 + (ulong)i), plan.FastestHop, plan.SlowestHop, Outage) { Whole = link })];
        _replicas = new Replica?[plan.Replicas.Count];
        _incarnations = new int[plan.Replicas.Count];
        _faults = new(this);
    }

    public WorldPlan Plan { get; }

    public Dice Dice { get; }

    public Agenda Agenda { get; }

    public Trace? Trace { get; }

    public LeaseServer Server { get; }

    public Outage Outage { get; } = new();

    public Link[] Links { get; }

    /// <summary>Gets each replica's second connection.</summary>
    public Link[] OtherLinks { get; }

    public Oracle Oracle { get; }

    public LivenessOracle Liveness { get; }

    public StormOracle Storm { get; }

    public FencedStore<string> Fenced { get; } = new();

    public Statistics Statistics { get; } = new() { Worlds = 1 };

    /// <summary>Gets the candidates by other rules.</summary>
    public List<ClientGoPeer> Peers { get; } = [];

    public Replica? this[int index] => _replicas[index];

    public IEnumerable<Replica> Alive => _replicas.Where(r => r is { Process.IsGone: false })!;

    /// <summary>Plays to the end, or to the first rule that breaks.</summary>
    public Violation? Play()
    {
        try
        {
            for (var i = 0; i < _replicas.Length; i++)
            {
                var index = i;
                Agenda.At(Plan.Replicas[i].StartsAt, () => Start(index));
            }

            foreach (var fault in Plan.Faults)
                Agenda.At(fault.At, () => _faults.Begin(fault));
            foreach (var round in Plan.Rounds)
                new Calm(this, _faults, round).Arrange();
            Agenda.RunUntil(Plan.End);
        }
        catch (Exception error) // Out of the library: whatever it is, it would have ended an election.
        {
            Oracle.Report(OracleKind.Crash, error.ToString());
        }

        Statistics.VirtualTime = Agenda.Now;
        Statistics.Acts = Agenda.Acts;
        Statistics.FencedAccepted = Fenced.Accepted;
        Statistics.FencedRefused = Fenced.Refused.Count;
        Statistics.Exempted = Oracle.Exempted;
        Statistics.ByPeers = Oracle.ByPeers;
        Statistics.CalmsUndecided = Liveness.Undecided;
        Statistics.HandOvers = Liveness.HandOvers;
        if (Oracle.Violation is { } violation)
            Trace?.Add(TraceKind.Violation, -1, $"{violation.Oracle}: {violation.Text}");
        return Oracle.Violation;
    }

    /// <summary>A write arrives at the server.</summary>
    public WriteOutcome Write(LeaseWrite write, string who, TimeSpan sentAt)
    {
        var outcome = Server.Write(write, who);
        if (outcome is WriteOutcome.Written)
            Liveness.Wrote(sentAt);
        return outcome;
    }

    /// <summary>The work of a replica writes to what it guards.</summary>
    public void WriteFenced(Replica replica, long token)
    {
        if (!Fenced.Write(replica.Name, token))
            Oracle.Refused(replica, token, Fenced.Largest);
    }

    /// <summary>etcd comes back from a backup, and what was on its way to the old one is lost.</summary>
    public void Restore(double howOld)
    {
        if (!Server.TryRestore(howOld))
            return;
        Outage.Restores++;
        Oracle.Restored();
        Trace?.Add(TraceKind.Lease, -1, $"a backup: {Show(Server.Lease)}");
    }

    /// <summary>Starts a process for this replica, unless one runs.</summary>
    public void Start(int index)
    {
        if (_replicas[index] is { Process.IsGone: false } || _faults.KeepsDown(index))
            return;
        var replica = new Replica(this, index, _incarnations[index]++);
        _replicas[index] = replica;
        _faults.Joined(replica);
        Trace?.Add(TraceKind.Start, index, $"{replica.Name} starts: D {replica.Settings.LeaseDuration.TotalSeconds} s, R {replica.Settings.RenewDeadline.TotalSeconds:F2} s, clock {replica.Process.Clock.Rate:F3}");
        replica.Start();
        // Where nobody else was there, the calm begins with this one.
        if (Liveness.IsCalm && !Alive.Any(r => r != replica && !r.IsLeaving))
            Liveness.Impeded(Agenda.Now);
    }

    /// <summary>The process is gone, and what ran in it.</summary>
    public void Kill(Replica replica, string how)
    {
        if (replica.Process.IsGone)
            return;
        replica.Process.Kill();
        replica.Watch.Stop();
        Oracle.Gone(replica);
        if (!replica.IsFinished)
            Liveness.HandOverFails(replica.Name);
        Trace?.Add(TraceKind.Gone, replica.Index, $"{replica.Name} {how}");
        // Its pod comes back.
        Agenda.After(
            Liveness.IsCalm ? TimeSpan.FromMilliseconds(100) : Dice.Between(TimeSpan.FromMilliseconds(100), Plan.LongestLease),
            () => Start(replica.Index));
    }

    public void TermBegan(Replica replica, LeadershipTerm term)
    {
        Statistics.Terms++;
        Trace?.Add(TraceKind.Term, replica.Index, $"{replica.Name} leads, token {term.FencingToken}");
        Liveness.TermBegan(replica.Name, replica.Settings.RenewDeadline - term.Remaining);
        Oracle.TermBegan(replica, term.FencingToken);
        Oracle.Ask();
        Stop();
    }

    public void TermEnded(Replica replica, LeadershipTerm term)
    {
        Trace?.Add(TraceKind.TermEnd, replica.Index, $"{replica.Name} leads no more: {term.EndReason}");
        Oracle.TermEnded(replica);
        Liveness.TermEnded(replica.Name, replica.IsLeaving || term.EndReason is TermEndReason.SteppedDown or TermEndReason.WorkFailed or TermEndReason.WorkCompleted or TermEndReason.Stopped);
    }

    public void WorkBegan(Replica replica)
    {
        Trace?.Add(TraceKind.Work, replica.Index, $"{replica.Name} works");
        Oracle.WorkBegan(replica, [.. Alive]);
        Stop();
    }

    public void WorkEnded(Replica replica)
    {
        Trace?.Add(TraceKind.WorkEnd, replica.Index, $"{replica.Name} works no more");
        if (replica.IsLeaving)
            Liveness.HandOverWaits();
        Impede();
    }

    /// <summary>Something ran in some process.</summary>
    public void Acted()
    {
        if (Oracle.Terms > 0 && _oracleDice.Chance(Oracle.Terms > 1 ? Plan.Curiosity : 0.02 * Plan.Curiosity))
            Oracle.Ask();
        if (Liveness.IsCalm)
        {
            if (Liveness.LedAt is null)
            {
                Impede();
                if (Alive.Any(r => r.CanAnswer && r.IsLeader))
                    Liveness.Leads();
            }
            else
            {
                Calm.NoteDrain(this);
            }
        }

        Stop();
    }

    public string Show(ReadOutcome outcome) => outcome is ReadOutcome.Found found ? Show(found.Lease) : "";

    public static string Show(LeaseSnapshot? lease) => lease is not { } l ? "no Lease"
        : $"v{l.Version} {l.Uid} holder '{l.Spec.HolderIdentity}' {l.Spec.LeaseDurationSeconds} s transitions {l.Spec.LeaseTransitions} mark '{l.Mark}'";

    private void Impede()
    {
        // Work that failed before the calm may end in it: everybody may stand aside from then (seed 8359).
        if (Liveness.IsCalm && Liveness.LedAt is null
            && (Alive.Any(r => r.Work.IsStopping) || Alive.All(r => Calm.StandsAsideFor(r) > TimeSpan.Zero)))
            Liveness.Impeded(Agenda.Now);
    }

    private void Stop()
    {
        if (Oracle.Violation is not null)
            Agenda.Ended = true;
    }

    private void Changed()
    {
        foreach (var replica in _replicas)
            replica?.Watch.Flush();
    }

    private void Recreated(string who) =>
        Oracle.Report(OracleKind.Precondition, $"an update of {who} made a Lease anew that had been deleted");

    private void Written(string who, LeaseSnapshot? before, LeaseSnapshot? after)
    {
        // A message from the time of trouble that only now arrived.
        if (Liveness.IsCalm && Liveness.LedAt is null && !Alive.Any(r => r.Name == who))
            Liveness.Impeded(Agenda.Now);
        if (after is null)
            Oracle.LeaseDeleted(before!.Value.Uid, before.Value.Mark);
        if (who.StartsWith("client-go", StringComparison.Ordinal))
        {
            Oracle.PeerWrote(before?.Mark ?? "");
            foreach (var wronged in Alive.Where(r => r.Works))
                Oracle.PeerWrote(wronged.TermMark!);
        }

        Trace?.Add(TraceKind.Lease, -1, $"{who}: {Show(after)}");
    }
}
