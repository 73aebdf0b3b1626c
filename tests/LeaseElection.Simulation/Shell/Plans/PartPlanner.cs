namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>Draws what the author of a part wrote: a third of them well, the others with one or two mistakes.</summary>
internal static class PartPlanner
{
    public static PartPlan Plan(Dice dice, TimeSpan lease)
    {
        var part = new PartPlan
        {
            Kind = dice.Of(Enum.GetValues<PartKind>()),
            // Most work needs some time to end.
            WindDown = dice.Chance(0.5) ? default : new(ActKind.Waits, lease * dice.Between(0.02, 1.5)),
        };
        if (dice.Chance(0.35))
            return part;
        for (var mistakes = dice.From(1, 2); mistakes > 0; mistakes--)
            part = Spoil(part, dice, lease);
        return part;
    }

    private static PartPlan Spoil(PartPlan part, Dice dice, TimeSpan lease)
    {
        var act = Any(dice, lease);
        var isFunction = part.Kind is PartKind.Function or PartKind.FunctionOnAThread;
        if (isFunction || dice.Chance(0.35))
            return dice.Chance(0.6) ? part with { Work = Worked(dice, lease) } : part with { WindDown = act };
        if (part.Kind is PartKind.BackgroundWithHooks or PartKind.TimerWithHooks && dice.Chance(0.3))
        {
            return dice.Below(4) switch
            {
                0 => part with { StartingHook = act },
                1 => part with { StartedHook = act },
                2 => part with { StoppingHook = act },
                _ => part with { StoppedHook = act },
            };
        }

        // What goes wrong around the start and the stop matters where the work needs time to end.
        if (dice.Chance(0.7))
            part = part with { WindDown = new(ActKind.Waits, lease * dice.Between(0.2, 1.5)) };
        return dice.Below(10) switch
        {
            0 => part with { Constructor = act },
            1 => part with { BeforeStart = act },
            2 or 9 => part with { AfterStart = dice.Chance(0.5) ? new(ActKind.Eager, lease * dice.Between(1, 4)) : act },
            3 or 4 => part with { BeforeStop = act },
            5 or 6 => part with { AfterStop = act },
            7 => part with { StopDoesNothing = true },
            _ => part with { Dispose = act },
        };
    }

    private static Act Any(Dice dice, TimeSpan lease) => new(
        dice.Of(
            ActKind.Throws, ActKind.Throws, ActKind.Waits, ActKind.Waits, ActKind.Eager, ActKind.Eager, ActKind.Hangs, ActKind.Blocks,
            ActKind.BlocksForLong),
        lease * dice.Between(0.05, 3));

    private static Act Worked(Dice dice, TimeSpan lease) => new(
        dice.Of(ActKind.Throws, ActKind.Throws, ActKind.ReturnsEarly, ActKind.Eager, ActKind.Hangs, ActKind.Blocks, ActKind.BlocksForLong),
        dice.Chance(0.15) ? TimeSpan.Zero : lease * dice.Between(0.05, 3));
}
