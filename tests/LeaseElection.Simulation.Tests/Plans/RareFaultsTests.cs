using LeaseElection.Simulation.Plans;

namespace LeaseElection.Simulation.Tests.Plans;

public sealed class RareFaultsTests
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    [Fact]
    public void Worlds_AFewInAHundred_HaveRareFaults()
    {
        var some = Enumerable.Range(1, 400).Count(seed => Rare((ulong)seed).Any());

        Assert.InRange(some, 20, 100);
    }

    [Fact]
    public void Restore_EtcdComesBack_BeforeTheCalmAndAfterAnyTerm()
    {
        var plans = Enumerable.Range(1, 400).Select(seed => Planner.Plan((ulong)seed, Length)).ToList();
        var restores = plans.SelectMany(plan => plan.Faults.Where(f => f.Kind == FaultKind.Restore).Select(fault => (plan, fault)))
            .ToList();

        Assert.NotEmpty(restores);
        Assert.All(restores, r => Assert.Contains(r.plan.Rounds, round => r.fault.At >= round.From && r.fault.Until <= round.CalmFrom));
        Assert.All(restores, r => Assert.True(r.fault.Length > r.plan.Replicas.Max(p => p.Settings.RenewDeadline) / 0.9));
    }

    /// <summary>
    /// These are named for what they play (SeedTests, mutants.txt, docs/evidence.md): rare faults would make other worlds of them.
    /// </summary>
    [Theory]
    [InlineData(2791)]
    [InlineData(11341)]
    [InlineData(19142)]
    [InlineData(2677016)]
    [InlineData(77060473)]
    [InlineData(200042567)]
    public void Seed_ThatATestNames_HasNone(ulong seed) => Assert.Empty(Rare(seed));

    [Fact]
    public void Worlds_OneInFour_HasFaultsOfConnectionsAndManifests()
    {
        var some = Enumerable.Range(1, 400).Count(seed =>
            Planner.Plan((ulong)seed, Length).Faults.Any(f => f.Kind is FaultKind.ConnectionDies or FaultKind.SlowServer or FaultKind.Reconcile));

        Assert.InRange(some, 50, 150);
    }

    private static IEnumerable<Fault> Rare(ulong seed) => Planner.Plan(seed, Length).Faults.Where(f => f.Kind is >= FaultKind.Retime and <= FaultKind.WakesEarly);
}
