using LeaseElection.Simulation.Plans;
using LeaseElection.Simulation.Playing;

namespace LeaseElection.Simulation.Tests.Playing;

/// <summary>A seed is all that there is to say of a world.</summary>
public sealed class ReproducibilityTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(77)]
    [InlineData(19142)]
    [InlineData(ulong.MaxValue)]
    public void Seed_PlayedTwice_GivesTheSameTraceByteForByte(ulong seed)
    {
        var first = Play(seed, traced: true);
        var second = Play(seed, traced: true);

        Assert.NotEmpty(first.Trace!.Lines);
        Assert.Equal(first.Trace.ToString(), second.Trace!.ToString());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(11341)]
    public void Seed_PlayedWithoutATrace_DoesTheSame(ulong seed)
    {
        var traced = Play(seed, traced: true).Statistics;
        var plain = Play(seed, traced: false).Statistics;

        Assert.Equal((traced.Acts, traced.Inputs, traced.Writes, traced.Terms), (plain.Acts, plain.Inputs, plain.Writes, plain.Terms));
    }

    [Fact]
    public void Seeds_Different_GiveDifferentWorlds() =>
        Assert.NotEqual(Play(4, traced: true).Trace!.ToString(), Play(5, traced: true).Trace!.ToString());

    private static World Play(ulong seed, bool traced)
    {
        var world = new World(Planner.Plan(seed, TimeSpan.FromMinutes(2)), traced);
        Assert.Null(world.Play());
        return world;
    }
}
