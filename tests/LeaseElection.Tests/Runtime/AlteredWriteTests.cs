using LeaseElection.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LeaseElection.Tests.Runtime;

/// <summary>A mutating webhook changes what we write.</summary>
public sealed class AlteredWriteTests
{
    [Theory]
    [InlineData(true, "spec.leaseDurationSeconds was sent as 15, and kept as 20")]
    [InlineData(false, "metadata.annotations[leaseelection/term] was sent as ")]
    public async Task Webhook_ChangesAWrite_IsToldOnceAndShownUntilAWriteIsKept(bool duration, string said)
    {
        await using var fixture = new ElectorFixture();
        fixture.Store.Alter = write => duration
            ? write with { Spec = write.Spec with { LeaseDurationSeconds = 20 } }
            : write with { Mark = "" };
        fixture.Campaign();
        await fixture.AdvanceUntilAsync(() => fixture.Store.Writes.Count >= 3);

        var line = Assert.Single(fixture.Log.With(43));
        Assert.Contains(said, line.Message, StringComparison.Ordinal);
        Assert.Contains("mutating admission webhook", line.Message, StringComparison.Ordinal);
        var health = ElectionHealth.Of(fixture.Elector, fixture.Monitor);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains(said, health.Description, StringComparison.Ordinal);

        fixture.Store.Alter = null;
        await fixture.AdvanceUntilAsync(() => fixture.Elector.IsLeader);
        Assert.Empty(fixture.Monitor.Troubles);
    }
}
