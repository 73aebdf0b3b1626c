namespace LeaseElection.Simulation.Plans;

/// <summary>Draws the faults of all rounds. Some come in company: two things that go wrong together find more than twice as much.</summary>
internal static class FaultPlanner
{
    private static readonly (FaultKind Kind, int Weight)[] Weights =
    [
        (FaultKind.CutOff, 10), (FaultKind.LoseRequests, 3), (FaultKind.LoseReplies, 6), (FaultKind.SlowReplies, 6),
        (FaultKind.LateRequests, 6),
        (FaultKind.DoubledRequests, 2), (FaultKind.ServerDown, 3), (FaultKind.ServerFails, 3), (FaultKind.Forbidden, 1),
        (FaultKind.Freeze, 8),
        (FaultKind.Suspend, 4), (FaultKind.Starve, 4), (FaultKind.Crash, 6), (FaultKind.Stop, 6), (FaultKind.StepDown, 3),
        (FaultKind.WallClockStep, 4), (FaultKind.WallClockStepsBackAtTerm, 2),
        (FaultKind.WatchStall, 4), (FaultKind.WatchBreak, 3), (FaultKind.WatchReplay, 3), (FaultKind.WatchLag, 3), (FaultKind.Compact, 2),
        (FaultKind.Delete, 3), (FaultKind.DeleteAndTake, 3), (FaultKind.Steal, 3), (FaultKind.Seize, 2), (FaultKind.Erase, 4),
        (FaultKind.EraseSpec, 2),
        (FaultKind.Shorten, 4), (FaultKind.PutBack, 2), (FaultKind.EditLabels, 4), (FaultKind.WorkFails, 1), (FaultKind.WorkCompletes, 1),
        (FaultKind.WorkLingers, 3), (FaultKind.ClientGo, 2),
    ];

    private static readonly int AllWeights = Weights.Sum(w => w.Weight);

    public static List<Fault> Plan(Dice dice, IReadOnlyList<Round> rounds, int replicas, TimeSpan longestLease)
    {
        var faults = new List<Fault>();
        // A world with few kinds of fault goes deeper into those.
        var favourites = dice.Chance(0.6) ? Enumerable.Range(0, dice.From(2, 6)).Select(_ => Kind(dice)).ToArray() : null;
        var gap = longestLease * dice.Of(0.15, 0.5, 1.5);
        foreach (var round in rounds)
        {
            for (var at = round.From + dice.Between(TimeSpan.Zero, gap); at < round.CalmFrom; at += dice.Between(gap / 10, gap * 2))
            {
                var target = dice.Below(replicas);
                faults.Add(Draw(dice, at, target, favourites, longestLease));
                if (dice.Chance(0.3))
                    faults.Add(Draw(
                        dice, at + dice.Between(TimeSpan.Zero, longestLease / 4), dice.Chance(0.7) ? target : dice.Below(replicas),
                        favourites, longestLease));
            }
        }

        // Nobody hears of the last renewals but by asking, and then the leader dies: what a standby's own reads are for.
        var silence = dice.Fork(11);
        foreach (var round in rounds.Where(_ => silence.Chance(0.05)))
        {
            faults.Add(new(
                round.CalmFrom - silence.Between(longestLease * 0.02, longestLease * 0.3), FaultKind.WatchesDie, Target: 0, TimeSpan.Zero,
                Amount: 0));
            faults.Add(new(round.CalmFrom - TimeSpan.FromMilliseconds(1), FaultKind.LeaderDies, Target: 0, TimeSpan.Zero, Amount: 0));
        }

        // An operator pauses replicas, one after the other: on dice of its own, so that the worlds of other seeds stay what they were.
        var pauses = dice.Fork(12);
        foreach (var round in rounds.Where(_ => pauses.Chance(0.04)))
        {
            for (var target = 0; target < replicas; target++)
                faults.Add(new(
                    round.From + pauses.Between(TimeSpan.Zero, round.CalmFrom - round.From), FaultKind.Pause, target,
                    pauses.Between(TimeSpan.Zero, longestLease * 2), Amount: 0));
        }

        RareFaults.Add(faults, dice, rounds, replicas, longestLease);
        ConnectionFaults.Add(faults, dice, rounds, replicas, longestLease);
        faults.RemoveAll(f => !rounds.Any(r => f.At >= r.From && f.At < r.CalmFrom));
        faults.Sort((a, b) => a.At.CompareTo(b.At));
        return faults;
    }

    private static Fault Draw(Dice dice, TimeSpan at, int target, FaultKind[]? favourites, TimeSpan longestLease)
    {
        var kind = favourites is not null && dice.Chance(0.8) ? favourites[dice.Below(favourites.Length)] : Kind(dice);
        // Mostly about as long as what it is measured against.
        var length = longestLease * (dice.Chance(0.6) ? dice.Between(0.3, 2) : dice.Between(0, 0.3));
        return new(at, kind, target, length, dice.Fraction());
    }

    private static FaultKind Kind(Dice dice)
    {
        var left = dice.Below(AllWeights);
        foreach (var (kind, weight) in Weights)
        {
            left -= weight;
            if (left < 0)
                return kind;
        }

        throw new InvalidOperationException("The weights do not add up.");
    }
}
