using LeaseElection.Simulation.Plans;
using LeaseElection.Simulation.Replicas;

namespace LeaseElection.Simulation.Playing;

/// <summary>Brings a plan's faults about, and heals them.</summary>
internal sealed class Faults(World world)
{
    private readonly List<(Fault Fault, Action Heal)> _active = [];
    private bool _wasForbidden;
    private bool _wasRestored;
    private int? _keptDown;

    public void Begin(Fault fault)
    {
        world.Statistics.Count(fault.Kind);
        world.Trace?.Add(TraceKind.Fault, IsShared(fault.Kind) ? -1 : fault.Target, $"{fault.Kind} for {fault.Length.TotalSeconds:F3} s");
        var heal = IsShared(fault.Kind) ? BeginShared(fault) : BeginAt(fault, world[fault.Target]);
        if (heal is null)
            return;
        var healed = false;
        Action once = () =>
        {
            if (healed)
                return;
            healed = true;
            heal();
            world.Trace?.Add(TraceKind.Healed, IsShared(fault.Kind) ? -1 : fault.Target, $"{fault.Kind}");
        };
        _active.Add((fault, once));
        world.Agenda.After(fault.Length, () =>
        {
            _active.RemoveAll(a => a.Heal == once);
            once();
        });
    }

    /// <summary>Ends all that lasts.</summary>
    /// <returns>
    /// How much longer than usual recovery may take. What was refused for want of a permission is tried again slowly. And a restored etcd
    /// shows by a lower version: where
    /// the Lease of the backup is deleted before anybody has read it, only a create shows one, after a first wait, and a second wait
    /// follows.
    /// </returns>
    public TimeSpan HealAll()
    {
        foreach (var (_, heal) in _active.ToArray())
            heal();
        _active.Clear();
        var slow = _wasForbidden ? world.Plan.Replicas.Max(r => r.Settings.SlowRetryPeriod) * 1.2 / 0.9 : TimeSpan.Zero;
        var twice = _wasRestored ? world.Plan.LongestLease / 0.9 : TimeSpan.Zero;
        _wasForbidden = _wasRestored = false;
        return slow + twice;
    }

    /// <summary>Whether no process may start there yet.</summary>
    public bool KeepsDown(int index) => _keptDown == index;

    /// <summary>The others had their chance: who was kept down may come back.</summary>
    public void EndKeepingDown()
    {
        if (_keptDown is not { } index)
            return;
        _keptDown = null;
        world.Start(index);
    }

    /// <summary>A new process in a place where faults go on that belong to the place.</summary>
    public void Joined(Replica replica)
    {
        foreach (var (fault, _) in _active.Where(a => a.Fault.Target == replica.Index))
        {
            if (fault.Kind is FaultKind.WorkFails)
                replica.Work.Fails++;
        }
    }

    private static bool IsShared(FaultKind kind) =>
        kind is FaultKind.ServerDown or FaultKind.ServerFails or FaultKind.Forbidden or FaultKind.Compact
        or (>= FaultKind.Delete and <= FaultKind.EditLabels) or (>= FaultKind.ClientGo and <= FaultKind.Restore)
        or FaultKind.SlowServer or FaultKind.Reconcile;

    private Action? BeginAt(Fault fault, Replica? replica)
    {
        if (replica is null || replica.Process.IsGone)
            return null;
        var link = world.Links[fault.Target];
        var process = replica.Process;
        switch (fault.Kind)
        {
            case FaultKind.CutOff:
                link.LosesRequests++;
                link.LosesReplies++;
                return () =>
                {
                    link.LosesRequests--;
                    link.LosesReplies--;
                    Reconnect(fault);
                };
            case FaultKind.LoseRequests:
                link.LosesRequests++;
                return () => link.LosesRequests--;
            case FaultKind.LoseReplies:
                link.LosesReplies++;
                return () =>
                {
                    link.LosesReplies--;
                    Reconnect(fault);
                };
            case FaultKind.SlowReplies:
                link.SlowReplies = replica.Settings.RequestTimeout * (0.5 + (1.2 * fault.Amount));
                return () => link.SlowReplies = TimeSpan.Zero;
            case FaultKind.LateRequests:
                link.SlowRequests = replica.Settings.RequestTimeout * (0.5 + (8 * fault.Amount));
                return () => link.SlowRequests = TimeSpan.Zero;
            case FaultKind.DoubledRequests:
                link.Doubles = fault.Amount;
                return () => link.Doubles = 0;
            case FaultKind.ConnectionDies:
                var connection = fault.Amount < 0.7 ? link : world.OtherLinks[fault.Target];
                connection.Dead++;
                return () =>
                {
                    connection.Dead--;
                    if (connection == link)
                        Reconnect(fault);
                };
            case FaultKind.Freeze:
                process.Freeze();
                return process.Thaw;
            case FaultKind.Suspend:
                return process.TrySuspend() ? process.Resume : null;
            case FaultKind.Starve:
                process.Starve();
                return process.Feed;
            case FaultKind.Crash:
                world.Kill(replica, "is killed");
                return () => world.Start(fault.Target);
            case FaultKind.Stop:
                process.OnPool(replica.Stop);
                return null;
            case FaultKind.StepDown:
                process.OnPool(replica.StepDown);
                return null;
            case FaultKind.Pause:
                // Not each on a thread of its own: the last call is the last to be heard, as with a real elector.
                replica.Pause();
                return replica.Resume;
            case FaultKind.WallClockStep:
                process.StepWall(fault.Length * (fault.Amount < 0.5 ? -1 : 1) * (fault.Amount is > 0.25 and < 0.75 ? 100 : 1));
                return null;
            case FaultKind.WallClockStepsBackAtTerm:
                replica.StepForwardUntilItLeads(fault.Length * 10);
                return replica.StepBack;
            case FaultKind.WatchStall:
                replica.Watch.Stalls++;
                return () =>
                {
                    replica.Watch.Stalls--;
                    if (fault.Amount < 0.3)
                        replica.Watch.Break();
                    else if (fault.Amount < 0.6)
                        replica.Watch.Die(); // Nobody ever says that this connection is gone.
                    replica.Watch.Flush();
                };
            case FaultKind.WatchBreak:
                replica.Watch.Break();
                return null;
            case FaultKind.WatchReplay:
                replica.Watch.Break(replay: 1 + (int)(fault.Amount * 8));
                return null;
            case FaultKind.WatchLag:
                replica.Watch.Lag = fault.Length * fault.Amount;
                return () => replica.Watch.Lag = TimeSpan.Zero;
            case FaultKind.WatchComplains:
                replica.Watch.Complain();
                return replica.Watch.EndComplaint;
            case FaultKind.WatchExpires:
                replica.Watch.Expire();
                return null;
            case FaultKind.WakesEarly:
                replica.WakeEarly();
                return null;
            case FaultKind.WorkFails:
                replica.Work.Fails++;
                return () => replica.Work.Fails--;
            case FaultKind.WorkCompletes:
                replica.Work.Completes++;
                return () => replica.Work.Completes--;
            case FaultKind.WorkLingers:
                replica.Work.Lingers++;
                return () => replica.Work.Lingers--;
            default:
                throw new InvalidOperationException($"{fault.Kind} hits no single replica.");
        }
    }

    private Action? BeginShared(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.ServerDown:
                world.Outage.Down++;
                BreakAll();
                return () => world.Outage.Down--;
            case FaultKind.Restore:
                world.Outage.Down++;
                BreakAll();
                return () =>
                {
                    world.Restore(fault.Amount);
                    _wasRestored = true;
                    BreakAll(); // Whatever was opened meanwhile, by an answer that was late.
                    world.Outage.Down--;
                };
            case FaultKind.ServerFails:
                world.Outage.Fails = fault.Amount;
                return () => world.Outage.Fails = 0;
            case FaultKind.SlowServer:
                world.Outage.Slow = world.Plan.Replicas.Max(r => r.Settings.RequestTimeout) * 1.6 * fault.Amount;
                return () => world.Outage.Slow = TimeSpan.Zero;
            case FaultKind.Reconcile:
                return new Reconciler(world, fault.Amount).Start();
            case FaultKind.Forbidden:
                world.Server.Forbids = true;
                _wasForbidden = true;
                return () => world.Server.Forbids = false;
            case FaultKind.Compact:
                world.Server.Compact();
                BreakAll();
                return null;
            case FaultKind.ClientGo:
                var peer = new ClientGoPeer(world, world.Peers.Count, fault.Amount);
                world.Peers.Add(peer);
                peer.Start();
                return peer.Leave;
            case FaultKind.WatchesDie:
                foreach (var replica in world.Alive)
                    replica.Watch.Die();
                return null;
            case FaultKind.LeaderDies when world.Alive.FirstOrDefault(r => r.CanAnswer && r.IsLeader) is { } leader:
                _keptDown = leader.Index;
                world.Kill(leader, "is killed");
                return null;
            case FaultKind.LeaderDies:
                return null;
            default:
                new Meddler(world).Meddle(fault);
                return null;
        }
    }

    // A dead connection is found out, and a live one says what it kept back.
    private void Reconnect(Fault fault)
    {
        if (world[fault.Target] is not { } replica)
            return;
        if (fault.Amount < 0.7)
            replica.Watch.Break();
        replica.Watch.Flush();
    }

    private void BreakAll()
    {
        foreach (var replica in world.Alive)
            replica.Watch.Break();
    }
}
