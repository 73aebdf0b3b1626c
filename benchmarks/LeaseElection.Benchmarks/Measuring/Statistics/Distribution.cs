namespace LeaseElection.Benchmarks.Measuring.Statistics;

/// <summary>Samples in order of size. A percentile is one of the samples (nearest rank): nothing is made up between two of them.</summary>
internal sealed class Distribution
{
    private readonly double[] _sorted;

    public Distribution(IEnumerable<double> samples)
    {
        _sorted = [.. samples.Order()];
        if (_sorted.Length == 0)
            throw new ArgumentException("Nothing was measured", nameof(samples));
    }

    public int Count => _sorted.Length;

    public double Least => _sorted[0];

    public double Most => _sorted[^1];

    public double Median => Percentile(50);

    /// <summary>The smallest sample that at least so many percent of all are not above.</summary>
    public double Percentile(double percent)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(percent, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        return _sorted[(int)Math.Ceiling(percent / 100 * _sorted.Length) - 1];
    }
}
