using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Options;

namespace LeaseElection.Chaos.HandOvers;

/// <summary>What a run of hand-overs came to, and what of it must not have been.</summary>
internal sealed record HandOverRecord(IReadOnlyList<IReadOnlyList<WorkerHistory>> Lanes, IReadOnlyList<Workers.Exit> Exits, TimeSpan Length)
{
    /// <summary>Gets who worked after whom.</summary>
    public IReadOnlyList<HandOver> HandOvers { get; } = HandOver.Of(Lanes);

    /// <summary>Gets when two worked at once, of whatever kind.</summary>
    public IReadOnlyList<Overlap> Overlaps { get; } =
        Overlap.Find([.. Lanes.SelectMany((lane, i) => lane.SelectMany(worker => WorkStretch.Of(i, worker)))]);

    /// <summary>Two at once; and of ours also a token that does not rise, a term without an end, a process that ended unasked.</summary>
    public IReadOnlyList<string> Violations()
    {
        var ours = Lanes.Where((_, i) => Company.Members[i] is Peer.Ours).SelectMany(lane => lane).ToList();
        return
        [
            .. WorkerOracle.Judge(ours).Violations,
            .. Overlaps.Select(
                o => FormattableString.Invariant($"{o.One} and {o.Other} worked at once for {o.Span.Length.TotalMilliseconds:0} ms")),
            .. Exits.Where(exit => ours.Exists(worker => worker.Name == exit.Worker))
                .Select(exit => FormattableString.Invariant($"{exit.Worker} ended by itself with exit code {exit.Code}: {exit.LastError}")),
        ];
    }
}
