using LeaseElection.Chaos.Options;

namespace LeaseElection.Chaos.Plans;

/// <summary>
/// Faults in bursts of two to five, which may run into one another, with a calm after each burst that is long enough for a leader to come
/// back and be seen to work. A pure function of seed, length and lease.
/// </summary>
internal static class Schedule
{
    public const int Workers = 5;

    public static IReadOnlyList<PlannedFault> Create(ulong seed, TimeSpan length, TimeSpan lease)
    {
        var timings = new Timings(lease);
        var random = new SplitMix64(seed);
        var deck = new Deck(random);
        var faults = new List<PlannedFault>();
        var (at, end, serversEnd) = (lease / 2, TimeSpan.Zero, TimeSpan.Zero);
        var left = 2 + random.Below(4);
        while (true)
        {
            var fault = Draw(deck.Deal(), random, timings);
            // A Lease that is deleted while its leader is cut off and a newcomer looks is a documented limit (docs/safety.md, Limits, 1):
            // only alone.
            if (fault.Kind is FaultKind.LeaseDeleted)
            {
                at = end > TimeSpan.Zero ? Max(at, end + timings.Recovery) : at;
                left = 1;
            }

            if (fault.IsOfServers)
                at = Max(at, serversEnd);
            fault = fault with { At = at };
            if (fault.End + timings.Recovery > length)
                return faults;

            faults.Add(fault);
            end = Max(end, fault.End);
            if (fault.IsOfServers)
                serversEnd = fault.End;
            if (--left > 0)
            {
                at += lease * random.Between(0.1, 1.2);
                continue;
            }

            at = end + timings.Recovery + (lease * random.Between(0.3, 1.3));
            left = 2 + random.Below(4);
        }
    }

    private static PlannedFault Draw(FaultKind kind, SplitMix64 random, Timings timings)
    {
        (double least, double most) = kind switch
        {
            FaultKind.Freeze => (0.1, 3.0),
            FaultKind.Terminate or FaultKind.Kill => (0.1, 1),
            FaultKind.Slow or FaultKind.SlowThenCut => (1, 2.5),
            FaultKind.ApiServerRestart or FaultKind.EtcdRestart => (0, 0.5),
            FaultKind.Reset or FaultKind.LeaseDeleted or FaultKind.LeaseEdited => (0, 0),
            _ => (0.1, 2),
        };
        // Every one draws as often, so that one kind's share does not move all that follows.
        var length = timings.Lease * random.Between(least, most);
        int? worker = random.Below(10) < 7 ? null : random.Below(Workers);
        var ours = random.Below(2) == 0;
        var delay = kind switch
        {
            FaultKind.Slow => ours ? timings.SlowForOurs : timings.SlowForPeers,
            FaultKind.SlowThenCut => timings.SlowForPeers,
            _ => TimeSpan.Zero,
        };
        return new(TimeSpan.Zero, length, kind, worker, delay);
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
