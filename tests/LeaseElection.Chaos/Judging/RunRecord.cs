using LeaseElection.Chaos.Nemesis;
using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Workers;

namespace LeaseElection.Chaos.Judging;

/// <summary>All that is known of a run.</summary>
internal sealed record RunRecord(
    Peer Peer,
    ulong Seed,
    TimeSpan Length,
    Timings Timings,
    Span Time,
    IReadOnlyList<IReadOnlyList<WorkerHistory>> Lanes,
    IReadOnlyList<FaultRecord> Faults,
    IReadOnlyList<HolderChange> Holders,
    IReadOnlyList<Exit> Exits,
    IReadOnlyList<string> BadEnds,
    long Accepted,
    IReadOnlySet<WorkerLine> Refused);
