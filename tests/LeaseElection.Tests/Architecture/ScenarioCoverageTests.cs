using LeaseElection.TestKit;

namespace LeaseElection.Tests.Architecture;

/// <summary>docs/scenarios.md, column "where": M is this project.</summary>
public sealed class ScenarioCoverageTests
{
    private static readonly ScenarioTable Table = ScenarioTable.Parse(
    [
        "| # | given | expect | where |",
        "|---|---|---|---|",
        "| 1 | no Lease | create | M E R |",
        "| 2 | a | b | c | E |",
        "| 30 | a | b | M |",
        "Not a row: | 4 |",
    ]);

    [Fact]
    public void EveryScenario_MarkedM_HasATestHere() =>
        Assert.Empty(ScenarioCoverage.Problems(ScenarioTable.Read(), 'M', typeof(ScenarioCoverageTests).Assembly.ExportedTypes));

    [Fact]
    public void Table_OfTheRepository_HasAllScenarios()
    {
        var table = ScenarioTable.Read();

        Assert.Equal([.. Enumerable.Range(1, 17), .. Enumerable.Range(20, 40), .. Enumerable.Range(60, 3)], table.Places.Keys.Order());
        Assert.Equal(['E', 'M', 'R'], table.Places[1].Order());
        Assert.Equal(['R'], table.Places[42]);
    }

    [Fact]
    public void Parse_Rows_NumbersAndPlaces()
    {
        Assert.Equal([1, 2, 30], Table.Places.Keys.Order());
        Assert.Equal(['E', 'M', 'R'], Table.Places[1].Order());
        Assert.Equal(['E'], Table.Places[2]);
    }

    [Fact]
    public void Problems_AllMarkedAreTested_None() =>
        Assert.Empty(ScenarioCoverage.Problems(Table, 'M', [typeof(OneTest), typeof(InheritedTest)]));

    [Fact]
    public void Problems_OneIsNotTested_IsNamed() =>
        Assert.Equal(
            ["scenario 30 is marked M and has no test here"], ScenarioCoverage.Problems(Table, 'M', [typeof(OneTest), typeof(BaseTest)]));

    [Fact]
    public void Problems_OneComesLater_IsNoneUntilItIsThere()
    {
        Assert.Empty(ScenarioCoverage.Problems(Table, 'M', [typeof(OneTest)], 30));
        Assert.Equal(
            ["scenario 30 has a test here: it does not come later any more"],
            ScenarioCoverage.Problems(Table, 'M', [typeof(OneTest), typeof(InheritedTest)], 30));
        Assert.Equal(["scenario 2 comes later, but is not marked M"], ScenarioCoverage.Problems(Table, 'M', [typeof(OneTest)], 30, 2));
    }

    [Fact]
    public void Problems_TestOfAnUnknownScenario_IsNamed() =>
        Assert.Equal(
            ["scenario 99 is tested here and not in docs/scenarios.md"],
            ScenarioCoverage.Problems(Table, 'M', [typeof(OneTest), typeof(InheritedTest), typeof(UnknownTest)]));

    [Fact]
    public void Problems_SkippedTest_DoesNotCount() =>
        Assert.Equal(2, ScenarioCoverage.Problems(Table, 'M', [typeof(SkippedTest)]).Count);

#pragma warning disable xUnit1000, xUnit1004 // Not for xUnit: test classes as somebody might write them.
    [Scenario(1)]
    private sealed class OneTest
    {
        [Fact]
        public void Nothing_Given_NothingHappens()
        {
        }
    }

    private abstract class BaseTest
    {
        [Fact, Scenario(30)]
        public void Nothing_Given_NothingHappens()
        {
        }
    }

    private sealed class InheritedTest : BaseTest;

    private sealed class UnknownTest
    {
        [Fact, Scenario(99)]
        public void Nothing_Given_NothingHappens()
        {
        }
    }

    private sealed class SkippedTest
    {
        [Fact(Skip = "Not run: that is what it is for."), Scenario(1, 30)]
        public void Nothing_Given_NothingHappens()
        {
        }
    }
#pragma warning restore xUnit1000, xUnit1004
}
