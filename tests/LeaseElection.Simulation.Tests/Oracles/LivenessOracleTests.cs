using LeaseElection.Simulation.Oracles;

namespace LeaseElection.Simulation.Tests.Oracles;

public sealed class LivenessOracleTests
{
    private readonly Oracle _oracle;
    private readonly LivenessOracle _liveness;
    private TimeSpan _now;

    public LivenessOracleTests()
    {
        _oracle = new(() => _now);
        _liveness = new(_oracle, () => _now);
        _liveness.CalmBegins(bound: TimeSpan.FromSeconds(10), echo: TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Nobody_WithinTheBound_IsFound()
    {
        At(9.9).Judge();
        Assert.Null(_oracle.Violation);
        At(10.1).Judge();

        Assert.Equal(OracleKind.Liveness, _oracle.Violation!.Oracle);
    }

    [Fact]
    public void Nobody_WhileOldWorkRan_HasTimeFromItsEnd()
    {
        At(8).Impeded(_now);
        At(17).Judge();
        Assert.Null(_oracle.Violation);
        At(18.1).Judge();

        Assert.NotNull(_oracle.Violation);
    }

    [Fact]
    public void Nobody_AfterALateWriteTookEffect_HasTimeFromThenOn()
    {
        At(8).Wrote(sentAt: TimeSpan.FromSeconds(-1));
        At(9).Wrote(sentAt: TimeSpan.FromSeconds(8.9));
        At(17).Judge();
        Assert.Null(_oracle.Violation);
        At(18.1).Judge();

        Assert.NotNull(_oracle.Violation);
    }

    [Fact]
    public void Somebody_InTime_IsAllRight()
    {
        At(5).Leads();
        At(20).CalmEnds();

        Assert.Equal((null, 0L), (_oracle.Violation, _liveness.Undecided));
    }

    [Theory]
    [InlineData(0.5, 0, false)]
    [InlineData(2, 0, true)]
    [InlineData(2, 1.9, true)]
    [InlineData(2, 2.1, false)] // Its write was sent before the calm.
    public void TermThatBeganInTheCalm_EndsUnasked_IsFound(double began, double age, bool found)
    {
        At(began).TermBegan("a", TimeSpan.FromSeconds(age));
        _liveness.Leads();
        At(5).TermEnded("a", asked: false);

        Assert.Equal(found, _oracle.Violation?.Oracle == OracleKind.Stability);
    }

    [Theory]
    [InlineData(0.04, false)]
    [InlineData(0.06, true)]
    public void HandOver_LongerThanItsBound_IsFound(double took, bool found)
    {
        At(3).HandOverBegins(TimeSpan.FromMilliseconds(50), "a");
        At(4).HandOverWaits();
        At(4 + took).TermBegan("b", TimeSpan.Zero);

        Assert.Equal((found, 1L), (_oracle.Violation?.Oracle == OracleKind.HandOver, _liveness.HandOvers));
    }

    private LivenessOracle At(double seconds)
    {
        _now = TimeSpan.FromSeconds(seconds);
        return _liveness;
    }
}
