using LeaseElection.Election.State;
using LeaseElection.Simulation.Plans;
using LeaseElection.Simulation.Replicas;

namespace LeaseElection.Simulation.Playing;

/// <summary>The end of a round: all faults are healed, somebody must lead, and then hands over.</summary>
internal sealed class Calm(World world, Faults faults, Round round)
{
    private readonly Dictionary<Replica, long> _requests = [];
    private Replica? _leaving;
    private Action? _endNuisance;

    public void Arrange()
    {
        var recovery = Planner.RecoveryBound(world.Plan.LongestLease);
        world.Agenda.At(round.CalmFrom, Begin);
        world.Agenda.At(round.CalmFrom + recovery + TimeSpan.FromMilliseconds(100), () =>
        {
            world.Liveness.Judge();
            CountRequests();
            faults.EndKeepingDown();
        });
        // Late enough for all watches to be up again.
        world.Agenda.At(round.CalmFrom + recovery + (world.Plan.LongestLease * 0.2), HandOver);
        world.Agenda.At(round.Until, End);
    }

    /// <summary>A leader that was told to stop still has its work running: the hand-over's time has not begun.</summary>
    public static void NoteDrain(World world)
    {
        if (world.Alive.Any(r => r.IsLeaving && (r.Work.IsRunning || r.State.Writes.Open is { Kind: WriteKind.Renew })))
            world.Liveness.HandOverWaits();
    }

    private void Begin()
    {
        world.Statistics.Calms++;
        var slow = faults.HealAll();
        world.Trace?.Add(TraceKind.Round, -1, "calm");
        for (var i = 0; i < world.Plan.Replicas.Count; i++)
            world.Start(i);
        world.Liveness.CalmBegins(
            Planner.RecoveryBound(world.Plan.LongestLease) + slow, world.Plan.Replicas.Max(r => r.Settings.RequestTimeout) * 2);
        // What connections held back while nothing came through, they deliver now, not with the next event.
        foreach (var replica in world.Alive)
            replica.Watch.Flush();
        // Old news, on its way through a watch that lagged, makes everybody wait as if it were new.
        world.Liveness.Impeded(world.Alive.Max(r => r.Watch.LatestArrival));
        // A replica that failed, or stepped down, campaigns later; if that is all of them, nobody can lead before.
        var aside = world.Alive.Min(StandsAsideFor);
        if (aside > TimeSpan.Zero)
            world.Liveness.Impeded(world.Agenda.Now + aside);
    }

    // Those whose watch works: without one a replica polls.
    private void CountRequests()
    {
        foreach (var replica in world.Alive.Where(r => r.State.Requests is { Watching: true, WatchBroken: false }))
            _requests[replica] = replica.Requests;
    }

    private void End()
    {
        _endNuisance?.Invoke();
        world.Liveness.CalmEnds();
        var time = round.Until - round.CalmFrom - Planner.RecoveryBound(world.Plan.LongestLease);
        var shortest = world.Plan.Replicas.Min(r => r.Settings.LeaseDuration);
        foreach (var (replica, before) in _requests)
            world.Storm.Judge(replica.Name, replica.Requests - before, time, replica.Settings.RenewInterval, shortest);
    }

    /// <summary>How long a replica that failed, or stepped down, does not campaign yet.</summary>
    public static TimeSpan StandsAsideFor(Replica replica)
    {
        var left = (replica.State.StandAsideUntil - replica.Now).Ticks / replica.Process.Clock.Rate;
        return TimeSpan.FromTicks((long)Math.Clamp(left, 0, TimeSpan.FromMinutes(2).Ticks));
    }

    // What no leader may lose its term by: its connection dies where another would work, or a manifest is applied again and again.
    private void BeginNuisance(Replica leader, Dice dice)
    {
        _requests.Clear(); // It asks more of the server than in peace.
        if (dice.Chance(0.5))
        {
            var link = leader.UsesOtherConnection ? world.OtherLinks[leader.Index] : world.Links[leader.Index];
            link.Dead++;
            _endNuisance = () => link.Dead--;
            world.Trace?.Add(TraceKind.Note, leader.Index, "its connection dies");
        }
        else
        {
            _endNuisance = new Reconciler(world, dice.Fraction()).Start();
            world.Trace?.Add(TraceKind.Note, -1, "a manifest is applied again and again");
        }
    }

    private void HandOver()
    {
        if (world.Liveness.LedAt is null || !world.Alive.Any(r => r.CanAnswer && r.IsLeader))
            return;
        var leader = world.Alive.First(r => r.IsLeader);
        var dice = world.Dice.Fork(0x43616C6D + (ulong)round.From.Ticks);
        if (dice.Chance(0.2))
        {
            BeginNuisance(leader, dice);
            return;
        }

        var ready = world.Alive.Any(r => r != leader && !r.IsLeaving && !r.Work.IsRunning && r.State.View.Holder == leader.Name && StandsAsideFor(r) == TimeSpan.Zero
            && !r.Watch.IsDead && !r.State.Requests.WatchBroken && r.State.Requests.Watching && r.State.View.DeletedHolderUntil < r.Now);
        if (!ready || !leader.Settings.ReleaseOnStop)
            return;
        _leaving = leader;
        world.Trace?.Add(TraceKind.Note, leader.Index, $"{leader.Name} is told to stop");
        // Two round trips are four ways; and each process looks at its inputs when it gets to them.
        var looks = world.Plan.Replicas.Max(r => r.PumpLatency) * 8;
        _leaving.Stop();
        world.Liveness.HandOverBegins((world.Plan.SlowestHop * 4) + looks + TimeSpan.FromMilliseconds(2), leader.Name);
    }
}
