using CsCheck;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Election.Properties;

/// <summary>For any sequence of inputs, no effect breaks S1 to S7. A failure prints the seed that repeats it, shrunk.</summary>
public sealed class SafetyProperties
{
    private static readonly Gen<Act> AnyAct = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(ActKind.Advance)),
            (6, Gen.Enum<ActKind>()),
            (2, Gen.OneOf(new[] { ActKind.HoldWrites, ActKind.CommitAndReply, ActKind.CommitAndLoseReply, ActKind.CommitLate, ActKind.ReplyLate }.Select(Gen.Const).ToArray()))),
        Gen.Int[0, 2],
        Gen.OneOf(Gen.Int[1, 500], Gen.Int[500, 5_000], Gen.Int[5_000, 20_000]),
        (kind, who, amount) => new Act(kind, who, amount));

    [Theory, Scenario(32, 41, 49, 52)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AnySequenceOfInputs_BreaksNoRuleAndHeals(int candidates) => AnyAct.List[1, 120].Sample(
        acts =>
        {
            var run = new RandomRun(candidates);
            run.Play(acts);
            run.HealAndExpectALeader();
        },
        iter: Iterations,
        print: static acts => string.Join(' ', acts.Select(a => $"{a.Kind}({a.Who},{a.Amount})")),
        threads: 1);

    // By hand: LEASEELECTION_PROPERTY_RUNS=200000 for an evening's doubt.
    private static long Iterations =>
        long.TryParse(Environment.GetEnvironmentVariable("LEASEELECTION_PROPERTY_RUNS"), out var runs) ? runs : 2_000;
}
