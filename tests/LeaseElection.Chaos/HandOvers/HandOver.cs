using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Options;

namespace LeaseElection.Chaos.HandOvers;

/// <summary>One worked, and then another did: as their lines say.</summary>
internal sealed record HandOver(Peer From, Peer To, TimeSpan Took)
{
    /// <summary>All of them, in order. A worker that worked in between for one line alone counts too.</summary>
    public static IReadOnlyList<HandOver> Of(IReadOnlyList<IReadOnlyList<WorkerHistory>> lanes)
    {
        var work = lanes.SelectMany((lane, i) => lane.SelectMany(worker => WorkStretch.Of(i, worker))).OrderBy(s => s.Span.FromNs).ToList();
        return
        [
            .. work.Zip(work.Skip(1)).Where(pair => pair.First.Worker != pair.Second.Worker).Select(pair => new HandOver(
                Company.Members[pair.First.Lane],
                Company.Members[pair.Second.Lane],
                TimeSpan.FromTicks((pair.Second.Span.FromNs - pair.First.Span.ToNs) / 100))),
        ];
    }
}
