using LeaseElection.Standalone;

namespace LeaseElection.Testing.Tests.Standalone;

public sealed class RisingVersionsTests
{
    [Fact]
    public void Next_ClockThatRuns_IsAtLeastTheMicrosecondsSince1970()
    {
        var before = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

        Assert.True(RisingVersions.Next(TimeProvider.System) >= before);
    }

    [Fact]
    public void Next_ClockSetBack_RisesAllTheSame()
    {
        var time = new ManualTimeProvider();
        var first = RisingVersions.Next(time);
        time.StepWall(TimeSpan.FromDays(-1));

        Assert.True(RisingVersions.Next(time) > first);
    }

    [Fact]
    public async Task Next_OnManyThreads_NeverTheSameTwice()
    {
        var time = new ManualTimeProvider();
        var drawn = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 1000).Select(_ => RisingVersions.Next(time)).ToList())));

        Assert.Equal(4000, drawn.SelectMany(d => d).Distinct().Count());
        Assert.All(drawn, d => Assert.Equal(d.Order(), d));
    }
}
