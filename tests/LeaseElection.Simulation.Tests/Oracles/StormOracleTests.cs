using LeaseElection.Simulation.Oracles;

namespace LeaseElection.Simulation.Tests.Oracles;

/// <summary>20 s with a renewal every 2 s and a lease of 6 s: 11 renewals and 11 reads by the fastest clock, and 10 to spare.</summary>
public sealed class StormOracleTests
{
    [Theory]
    [InlineData(32, false)]
    [InlineData(33, true)]
    public void Requests_MoreThanAReplicaNeeds_AreFound(long requests, bool found)
    {
        var oracle = new Oracle(() => TimeSpan.Zero);
        new StormOracle(oracle).Judge("a", requests, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6));

        Assert.Equal(found, oracle.Violation?.Oracle == OracleKind.Storm);
    }
}
