namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>Makes a world of a seed.</summary>
internal static class ShellPlanner
{
    public static ShellPlan Plan(ulong seed)
    {
        var dice = new Dice(seed);
        var settings = Settings(dice.Fork(1));
        var lease = settings.LeaseDuration;
        var hosts = Enumerable.Range(0, dice.Chance(0.7) ? 2 : 3).Select(i => Host(dice.Fork(10 + (ulong)i), settings)).ToList();
        var calm = lease * dice.Between(4, 7);
        return new()
        {
            Seed = seed,
            Settings = settings,
            Hosts = hosts,
            Events = EventPlanner.Plan(dice.Fork(2), settings, hosts.Count, calm),
            CalmAt = calm,
        };
    }

    private static ShellSettings Settings(Dice dice)
    {
        var lease = TimeSpan.FromSeconds(dice.Of(1, 2, 2, 3));
        return new()
        {
            LeaseDuration = lease,
            // A quarter at the edge, where nothing is left for work after a loss.
            RenewDeadline = dice.Chance(0.25) ? lease / 1.25 : lease / 1.5,
            DrainTimeout = lease * dice.Of(0, 0.3, 1, 2, 4),
            WhenWorkFails = dice.Of(WorkFailurePolicy.StepDown, WorkFailurePolicy.StepDown, WorkFailurePolicy.StopHost),
            WhenWorkCompletes = dice.Of(WorkCompletionPolicy.KeepLeading, WorkCompletionPolicy.KeepLeading, WorkCompletionPolicy.Resign),
            WhenWorkOverruns = dice.Of(
                WorkOverrunPolicy.StopHost, WorkOverrunPolicy.Log, WorkOverrunPolicy.Log, WorkOverrunPolicy.FailFast),
            ReleaseOnStop = !dice.Chance(0.1),
        };
    }

    private static HostPlan Host(Dice dice, ShellSettings settings)
    {
        var lease = settings.LeaseDuration;
        return new()
        {
            Parts = [.. Enumerable.Range(0, dice.Of(1, 1, 2, 2, 3, 4)).Select(_ => PartPlanner.Plan(dice, lease))],
            Foreign = dice.Chance(0.4) ? [] : [.. Enumerable.Range(0, dice.From(1, 2)).Select(_ => Around(dice, lease))],
            StartsAt = dice.Chance(0.5) ? TimeSpan.Zero : lease * dice.Between(0, 1.5),
            Latency = dice.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20)),
            FirstRenewal = dice.Between(0.25, 1),
            StopsAfterCallbacks = dice.Chance(0.3),
        };
    }

    private static Foreign Around(Dice dice, TimeSpan lease)
    {
        var kind = (ForeignKind)dice.Below(Enum.GetValues<ForeignKind>().Length);
        var number = kind == ForeignKind.LoggerThrowsOnNth ? dice.From(1, 12) : dice.Of(2, 3, 4, 5, 6, 13, 16, 19, 20, 22);
        return new(kind, number, dice.Chance(0.3) ? TimeSpan.Zero : lease * dice.Between(0.2, 3));
    }
}
