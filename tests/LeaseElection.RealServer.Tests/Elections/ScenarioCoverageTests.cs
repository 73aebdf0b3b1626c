namespace LeaseElection.RealServer.Tests.Elections;

/// <summary>docs/scenarios.md, column "where": R is this project.</summary>
public sealed class ScenarioCoverageTests
{
    [Fact]
    public void EveryScenario_MarkedR_HasATestHere() =>
        Assert.Empty(ScenarioCoverage.Problems(ScenarioTable.Read(), 'R', typeof(ScenarioCoverageTests).Assembly.ExportedTypes));
}
