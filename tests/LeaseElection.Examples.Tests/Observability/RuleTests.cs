namespace LeaseElection.Examples.Tests.Observability;

/// <summary>The rules by Prometheus' own tool.</summary>
public sealed class RuleTests
{
    [Theory]
    [InlineData("check", "rules", "alerts.yaml")]
    [InlineData("test", "rules", "alerts.test.yaml")]
    [InlineData("check", "config", "prometheus.yml")]
    public async Task Promtool_FindsNothingWrong(params string[] arguments)
    {
        var (code, said) = await Prometheus.PromtoolAsync(arguments);

        Assert.True(code == 0, said);
        Assert.Contains("SUCCESS", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryAlert_HasItsTestAndItsRunbook()
    {
        var tests = await File.ReadAllTextAsync(
            Path.Combine(ObservabilityFiles.Folder, "alerts.test.yaml"), TestContext.Current.CancellationToken);
        var docs = await File.ReadAllTextAsync(Repository.PathOf("docs", "observability.md"), TestContext.Current.CancellationToken);
        Assert.All(ObservabilityFiles.Alerts.Keys, alert =>
        {
            Assert.Contains($"alertname: {alert}\n    exp_alerts:", tests, StringComparison.Ordinal);
            Assert.Contains($"docs/observability.md#{alert.ToLowerInvariant()}\n", tests, StringComparison.Ordinal);
            Assert.Contains($"\n### {alert}\n", docs, StringComparison.Ordinal);
        });
    }
}
