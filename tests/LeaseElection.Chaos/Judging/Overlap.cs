namespace LeaseElection.Chaos.Judging;

/// <summary>Two processes worked at once.</summary>
internal sealed record Overlap(Span Span, string One, string Other)
{
    // What two do at once with a short break in between is one overlap.
    private const long SlackNs = 1_000_000_000;

    public static IReadOnlyList<Overlap> Find(IReadOnlyList<WorkStretch> stretches)
    {
        var found = new List<Overlap>();
        var inOrder = stretches.OrderBy(s => s.Span.FromNs).ToList();
        for (var i = 0; i < inOrder.Count; i++)
        {
            for (var j = i + 1; j < inOrder.Count && inOrder[j].Span.FromNs <= inOrder[i].Span.ToNs; j++)
            {
                if (inOrder[i].Worker != inOrder[j].Worker && inOrder[i].Span.And(inOrder[j].Span) is { } both)
                    found.Add(new(both, inOrder[i].Worker, inOrder[j].Worker));
            }
        }

        return
        [
            .. found.GroupBy(o => string.CompareOrdinal(o.One, o.Other) < 0 ? (o.One, o.Other) : (o.Other, o.One))
                .SelectMany(
                    pair => Spans.Union(pair.Select(o => o.Span), SlackNs).Select(s => new Overlap(s, pair.Key.Item1, pair.Key.Item2)))
                .OrderBy(o => o.Span.FromNs),
        ];
    }
}
