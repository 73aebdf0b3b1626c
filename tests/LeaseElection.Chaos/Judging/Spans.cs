namespace LeaseElection.Chaos.Judging;

/// <summary>Arithmetic of stretches of time. What comes out is in order and apart.</summary>
internal static class Spans
{
    /// <summary>All that is in any; what is no further apart than <paramref name="slack"/> counts as one.</summary>
    public static List<Span> Union(IEnumerable<Span> spans, long slack = 0)
    {
        var union = new List<Span>();
        foreach (var span in spans.OrderBy(s => s.FromNs))
        {
            if (union is [.., var last] && span.FromNs <= last.ToNs + slack)
                union[^1] = new(last.FromNs, Math.Max(last.ToNs, span.ToNs));
            else
                union.Add(span);
        }

        return union;
    }

    /// <summary>What is left of <paramref name="whole"/> without <paramref name="spans"/>.</summary>
    public static List<Span> Without(Span whole, IEnumerable<Span> spans)
    {
        var left = new List<Span>();
        var from = whole.FromNs;
        foreach (var span in Union(spans))
        {
            if (span.FromNs > from)
                left.Add(new(from, Math.Min(span.FromNs, whole.ToNs)));
            from = Math.Max(from, span.ToNs);
            if (from >= whole.ToNs)
                return left;
        }

        left.Add(new(from, whole.ToNs));
        return left;
    }

    /// <summary>What is in some of <paramref name="ones"/> and in some of <paramref name="others"/>.</summary>
    public static List<Span> Both(IReadOnlyList<Span> ones, IReadOnlyList<Span> others) =>
        Union(ones.SelectMany(one => others.Select(other => one.And(other)).OfType<Span>()));

    public static TimeSpan Length(IEnumerable<Span> spans) => TimeSpan.FromTicks(spans.Sum(s => s.LengthNs) / 100);
}
