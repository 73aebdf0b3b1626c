namespace LeaseElection.Simulation.Plans;

/// <summary>
/// Faults that one world in seven has besides its others: edits that only a person makes, watches that say what is not so, an etcd from a
/// backup. On dice of
/// their own, so that all other worlds stay what they were; by this salt so do those whose seeds tests name.
/// </summary>
internal static class RareFaults
{
    private const ulong Salt = 40;

    private static readonly FaultKind[] Kinds =
    [
        FaultKind.Retime, FaultKind.Impersonate, FaultKind.Impersonate, FaultKind.EditMark, FaultKind.EditMark, FaultKind.EditTransitions,
        FaultKind.EditDuration,
        FaultKind.Restore, FaultKind.WatchComplains, FaultKind.WatchExpires, FaultKind.WakesEarly,
    ];

    public static void Add(List<Fault> faults, Dice dice, IReadOnlyList<Round> rounds, int replicas, TimeSpan longestLease)
    {
        var rare = dice.Fork(Salt);
        if (!rare.Chance(0.15))
            return;
        foreach (var round in rounds.Where(_ => rare.Chance(0.5)))
        {
            for (var left = rare.From(1, 4); left > 0; left--)
            {
                var kind = rare.Of<FaultKind>(Kinds);
                // Until etcd is back, all earlier terms end, as after a real restore: versions and tokens begin again (docs/safety.md,
                // Limits, 2).
                var length = longestLease * (kind == FaultKind.Restore ? 1.6 : rare.Between(0, 1.5));
                var last = kind == FaultKind.Restore ? round.CalmFrom - length : round.CalmFrom;
                if (last > round.From)
                    faults.Add(new(rare.Between(round.From, last), kind, rare.Below(replicas), length, rare.Fraction()));
            }
        }
    }
}
