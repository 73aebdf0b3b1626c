using LeaseElection.Settings;

namespace LeaseElection.Simulation.Plans;

/// <summary>Draws a world from a seed.</summary>
internal static class Planner
{
    public static WorldPlan Plan(ulong seed, TimeSpan length)
    {
        var dice = new Dice(seed);
        var count = dice.Chance(0.5) ? dice.From(2, 3) : dice.From(2, 7);
        var slowest = TimeSpan.FromMilliseconds(dice.Of(1.0, 3, 10, 25));
        var baseSeconds = dice.Of(2, 3, 5, 5, 10, 15, 15, 30);
        // Different settings on one Lease: a rolling update that changes them.
        var mixed = dice.Chance(0.4);
        var replicas = new List<ReplicaPlan>(count);
        for (var i = 0; i < count; i++)
            replicas.Add(Replica(dice.Fork((ulong)i + 100), i, mixed, baseSeconds, slowest));
        var longest = replicas.Max(r => r.Settings.LeaseDuration);
        var rounds = Rounds(dice, length, longest);
        return new()
        {
            Seed = seed,
            Replicas = replicas,
            Rounds = rounds,
            Faults = FaultPlanner.Plan(dice.Fork(7), rounds, count, longest),
            FastestHop = slowest / 10,
            SlowestHop = slowest,
            Curiosity = dice.Of(1, 0.5, 0.1),
        };
    }

    /// <summary>How long after the healing somebody must lead: 4/3 of the longest lease and 2 s, on the slowest clock.</summary>
    public static TimeSpan RecoveryBound(TimeSpan longestLease) => (longestLease * 4 / 3 / 0.9) + TimeSpan.FromSeconds(2);

    private static List<Round> Rounds(Dice dice, TimeSpan length, TimeSpan longest)
    {
        var calm = RecoveryBound(longest) + longest;
        var rounds = new List<Round>();
        for (var from = TimeSpan.Zero; from < length; from = rounds[^1].Until)
        {
            var calmFrom = from + dice.Between(longest * 2, longest * 8);
            rounds.Add(new(from, calmFrom, calmFrom + calm));
        }

        return rounds;
    }

    private static ReplicaPlan Replica(Dice dice, int index, bool mixed, int baseSeconds, TimeSpan slowestHop)
    {
        var lease = TimeSpan.FromSeconds(mixed ? Math.Max(2, (int)(baseSeconds * dice.Between(0.4, 2.5))) : baseSeconds);
        var options = new LeaderElectionOptions { Identity = $"r{index}", LeaseDuration = lease };
        if (dice.Chance(0.6))
        {
            // Within the rules, up to their edges.
            options.RenewDeadline = TimeSpan.FromMilliseconds((long)(lease.TotalMilliseconds * dice.Of(0.8, 0.8, dice.Between(0.4, 0.8))));
            options.RequestTimeout = options.RenewDeadline.Value * dice.Between(0.1, 0.3);
            options.RenewInterval = (options.RenewDeadline.Value - (options.RequestTimeout.Value * 2)) * dice.Between(0.2, 0.95);
            options.RetryPeriod = lease * dice.Between(0.03, 0.16);
            options.DrainTimeout = lease * dice.Between(0, 2);
        }

        options.ReleaseOnStop = !dice.Chance(0.1);
        options.WhenWorkFails = dice.Chance(0.2) ? WorkFailurePolicy.StopHost : WorkFailurePolicy.StepDown;
        options.WhenWorkCompletes = dice.Chance(0.2) ? WorkCompletionPolicy.Resign : WorkCompletionPolicy.KeepLeading;
        var rate = dice.Of(1.0, dice.Between(0.9, 1.1), dice.Of(0.9, 1.1));
        return new()
        {
            Settings = SettingsFactory.Create("simulated", options) with { FirstRenewal = dice.Fork(12).Between(0.25, 1) },
            WhenWorkOverruns = dice.Of(
                WorkOverrunPolicy.StopHost, WorkOverrunPolicy.StopHost, WorkOverrunPolicy.Log, WorkOverrunPolicy.FailFast),
            Rate = rate,
            WallRate = dice.Chance(0.5) ? rate : dice.Between(0.9, 1.1),
            PumpLatency = dice.Chance(0.7) ? TimeSpan.FromMilliseconds(0.2) : slowestHop,
            StopsWithin = dice.Of(0, 0.1, 0.95),
            StartsAt = dice.Between(TimeSpan.Zero, TimeSpan.FromSeconds(dice.Of(0, 5))),
        };
    }
}
