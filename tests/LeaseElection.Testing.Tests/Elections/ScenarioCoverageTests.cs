namespace LeaseElection.Testing.Tests.Elections;

/// <summary>docs/scenarios.md, column "where": E is this project.</summary>
public sealed class ScenarioCoverageTests
{
    [Fact]
    public void EveryScenario_MarkedE_HasATestHere() =>
        Assert.Empty(ScenarioCoverage.Problems(ScenarioTable.Read(), 'E', typeof(ScenarioCoverageTests).Assembly.ExportedTypes));
}
