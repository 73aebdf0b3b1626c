using LeaseElection.Benchmarks.Measuring.Statistics;

namespace LeaseElection.Examples.Tests.Benchmarks.Statistics;

public sealed class DistributionTests
{
    [Theory]
    [InlineData(50, 20)]
    [InlineData(51, 21)]
    [InlineData(99, 40)]
    [InlineData(100, 40)]
    [InlineData(1, 1)]
    public void Percentile_FortySamples_IsTheNearestRank(double percent, double expected) =>
        Assert.Equal(expected, new Distribution(Enumerable.Range(1, 40).Reverse().Select(i => (double)i)).Percentile(percent));

    [Fact]
    public void Percentile_OneSample_IsIt()
    {
        var one = new Distribution([7]);

        Assert.Equal((7.0, 7.0, 7.0, 7.0, 1), (one.Median, one.Percentile(99), one.Least, one.Most, one.Count));
    }

    [Fact]
    public void Percentile_HundredAndOneSamples_IsNotTheLargestAt99() =>
        Assert.Equal(100, new Distribution(Enumerable.Range(1, 101).Select(i => (double)i)).Percentile(99));

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Percentile_OutOfRange_Throws(double percent) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Distribution([1]).Percentile(percent));

    [Fact]
    public void Distribution_NoSample_Throws() => Assert.Throws<ArgumentException>(() => new Distribution([]));
}
