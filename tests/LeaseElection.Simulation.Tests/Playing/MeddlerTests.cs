using LeaseElection.Leases;
using LeaseElection.Simulation.Plans;
using LeaseElection.Simulation.Playing;

namespace LeaseElection.Simulation.Tests.Playing;

/// <summary>What somebody with kubectl does to a record with a holder and a living mark.</summary>
public sealed class MeddlerTests
{
    private readonly World _world = new(Planner.Plan(1, TimeSpan.FromMinutes(1)));

    public MeddlerTests()
    {
        var longest = (int)_world.Plan.LongestLease.TotalSeconds;
        var spec = new LeaseSpec { HolderIdentity = "holder", LeaseDurationSeconds = longest, AcquireTime = default(MicroTime), RenewTime = default(MicroTime), LeaseTransitions = 3 };
        _world.Server.Write(new() { Spec = spec, Mark = TermMark.Compose(1, longest, 3) }, "holder");
    }

    private LeaseSnapshot Lease => _world.Server.Lease!.Value;

    [Fact]
    public void Retime_ChangesTheRenewTimeAlone()
    {
        var before = Lease;
        _world.Agenda.RunUntil(TimeSpan.FromSeconds(1));
        Meddle(FaultKind.Retime);

        Assert.NotEqual(before.Spec.RenewTime, Lease.Spec.RenewTime);
        Assert.Equal((before.Spec, before.Mark), (Lease.Spec with { RenewTime = before.Spec.RenewTime }, Lease.Mark));
    }

    [Fact]
    public void Impersonate_NamesAReplicaThatRuns()
    {
        Meddle(FaultKind.Impersonate);
        Assert.Equal("holder", Lease.Spec.HolderIdentity);

        _world.Start(0);
        Meddle(FaultKind.Impersonate);
        Assert.Equal((_world[0]!.Name, null), (Lease.Spec.HolderIdentity, Lease.Spec.AcquireTime));
    }

    [Theory]
    [InlineData(0.1, false)]
    [InlineData(0.3, false)]
    [InlineData(0.6, false)]
    [InlineData(0.9, true)]
    public void EditMark_ErasedSpoiltDeadOrAnother_LeavesTheSpec(double amount, bool lives)
    {
        var before = Lease;
        Meddle(FaultKind.EditMark, amount);

        Assert.Equal(before.Spec, Lease.Spec);
        Assert.NotEqual(before.Mark, Lease.Mark);
        Assert.Equal(lives, TermMark.Parse(Lease.Mark) is { } mark && mark.IsAliveIn(Lease.Spec));
    }

    [Fact]
    public void EditMark_OfARecordThatOnlyItsMarkMakesOthersWaitFor_DoesNothing()
    {
        Meddle(FaultKind.Shorten, 0.1);
        var before = Lease;
        Meddle(FaultKind.EditMark, 0.1);

        Assert.Equal(before, Lease);
    }

    [Theory]
    [InlineData(0.1, null)]
    [InlineData(0.3, int.MaxValue)]
    [InlineData(0.6, -1)]
    [InlineData(0.9, 8)]
    public void EditTransitions_SetsWhatNobodyCounted(double amount, int? transitions)
    {
        Meddle(FaultKind.EditTransitions, amount);

        Assert.Equal(transitions, Lease.Spec.LeaseTransitions);
    }

    [Theory]
    [InlineData(0.1, -1)]
    [InlineData(0.5, 0)]
    public void EditDuration_SetsWhatIsNone(double amount, int seconds)
    {
        Meddle(FaultKind.EditDuration, amount);

        Assert.Equal(seconds, Lease.Spec.LeaseDurationSeconds);
    }

    private void Meddle(FaultKind kind, double amount = 0) =>
        new Meddler(_world).Meddle(new(TimeSpan.Zero, kind, Target: 0, TimeSpan.Zero, amount));
}
