namespace LeaseElection.Benchmarks.Measuring.Statistics;

/// <summary>All that was measured of one thing.</summary>
/// <param name="Case">Under which circumstances, for example "5 standbys".</param>
/// <param name="Who">Ours, a peer or the floor; see <see cref="Contestants"/>.</param>
/// <param name="Of">What the samples are, for example "stop to work".</param>
/// <param name="Unit">Theirs.</param>
/// <param name="Samples">In the order in which they were taken.</param>
internal sealed record Series(string Case, string Who, string Of, string Unit, IReadOnlyList<double> Samples)
{
    public Distribution Distribution() => new(Samples);
}
