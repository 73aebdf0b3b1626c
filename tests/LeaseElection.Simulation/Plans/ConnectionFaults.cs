namespace LeaseElection.Simulation.Plans;

/// <summary>
/// What one world in four has besides its other faults: single connections that die, a server that is slow for everybody, a manifest that
/// is applied again and again. On dice of their own, so that all other worlds stay what they were.
/// </summary>
internal static class ConnectionFaults
{
    private const ulong Salt = 41;

    private static readonly FaultKind[] Kinds =
    [
        FaultKind.ConnectionDies, FaultKind.ConnectionDies, FaultKind.SlowServer, FaultKind.Reconcile, FaultKind.Reconcile,
    ];

    public static void Add(List<Fault> faults, Dice dice, IReadOnlyList<Round> rounds, int replicas, TimeSpan longestLease)
    {
        var own = dice.Fork(Salt);
        if (!own.Chance(0.25))
            return;
        foreach (var round in rounds.Where(_ => own.Chance(0.6)))
        {
            for (var left = own.From(1, 5); left > 0; left--)
            {
                faults.Add(new(
                    own.Between(round.From, round.CalmFrom), own.Of<FaultKind>(Kinds), own.Below(replicas),
                    own.Between(longestLease * 0.2, longestLease * 3), own.Fraction()));
            }
        }
    }
}
