namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>Draws what happens: one to six things, those that end a host followed by a new one in its place.</summary>
internal static class EventPlanner
{
    public static IReadOnlyList<ShellEvent> Plan(Dice dice, ShellSettings settings, int hosts, TimeSpan calm)
    {
        var lease = settings.LeaseDuration;
        var events = new List<ShellEvent>();
        for (var count = dice.From(1, 6); count > 0; count--)
            Add(events, Draw(dice, settings, hosts, calm), dice, lease, calm);
        return [.. events.OrderBy(static e => e.At)];
    }

    private static ShellEvent Draw(Dice dice, ShellSettings settings, int hosts, TimeSpan calm)
    {
        var kind = dice.Chance(0.25) ? EventKind.StepDown : dice.Of(Enum.GetValues<EventKind>());
        var length = kind switch
        {
            EventKind.Stop =>
                dice.Chance(0.5) ? TimeSpan.Zero : settings.DrainTimeout * dice.Between(0.1, 1.5) + TimeSpan.FromMilliseconds(10),
            EventKind.Outage or EventKind.CutOff =>
                settings.RenewDeadline * (dice.Chance(0.5) ? dice.Between(0.1, 0.5) : dice.Between(1, 3)),
            _ => TimeSpan.Zero,
        };
        return new(kind, dice.Below(hosts), calm * dice.Between(0.05, 0.95), length);
    }

    private static void Add(List<ShellEvent> events, ShellEvent what, Dice dice, TimeSpan lease, TimeSpan calm)
    {
        events.Add(what);
        var later = what.At + (lease * dice.Between(0.1, 3));
        if (later > calm)
            return;
        if (what.Kind == EventKind.Pause)
            events.Add(new(EventKind.Resume, what.Host, later, default));
        if (what.Kind == EventKind.Stop && dice.Chance(0.4))
            events.Add(new(
                dice.Of(EventKind.DisposeAsync, EventKind.Dispose), what.Host, what.At + ((later - what.At) * dice.Fraction()), default));
        if (what.Kind is EventKind.Stop or EventKind.StopApplication or EventKind.DisposeAsync or EventKind.Dispose or EventKind.DisposeProvider or EventKind.Kill)
            events.Add(new(EventKind.StartAnew, what.Host, later, default));
    }
}
