using LeaseElection.Simulation.Running;

namespace LeaseElection.Simulation.Tests.Running;

public sealed class BatchTests
{
    [Fact]
    public async Task Stop_WhileWorldsArePlayed_CountsThoseThatWere()
    {
        var batch = new Batch(TimeSpan.FromMinutes(1));
        var run = Task.Run(() => batch.Run(from: 1, seeds: 1_000_000), TestContext.Current.CancellationToken);
        while (batch.Played == 0)
            await Task.Yield();
        batch.Stop();
        await run;

        Assert.InRange(batch.Statistics.Worlds, 1, 100_000);
        Assert.Equal(batch.Played, batch.Statistics.Worlds);
        Assert.Empty(batch.Found);
    }
}
