using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Nemesis;
using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Plans;

namespace LeaseElection.Chaos.Tests;

/// <summary>Made-up runs of 60 s; LeaseDuration is 3 s, so recovery takes 6 s.</summary>
internal static class Runs
{
    public static RunRecord Of(params WorkerHistory[] lanes) => new(
        Peer.Ours,
        Seed: 1,
        TimeSpan.FromSeconds(60),
        new(TimeSpan.FromSeconds(3)),
        Milliseconds(0, 60_000),
        [.. lanes.Select(worker => (IReadOnlyList<WorkerHistory>)[worker])],
        Faults: [],
        Holders: [],
        Exits: [],
        BadEnds: [],
        Accepted: 0,
        Refused: new HashSet<WorkerLine>());

    public static FaultRecord Fault(long from, long to, FaultKind kind = FaultKind.Kill, bool wasDone = true) => new(
        new(TimeSpan.FromMilliseconds(from), TimeSpan.FromMilliseconds(to - from), kind, 0, TimeSpan.Zero),
        Lane: 0,
        from * 1_000_000,
        to * 1_000_000,
        Outcome: "",
        wasDone);

    public static Span Milliseconds(long from, long to) => new(from * 1_000_000, to * 1_000_000);
}
