using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LeaseElection.Testing.Tests.Standalone;

/// <summary>What a host shows of its elections, asked for as a user's Program.cs does.</summary>
public sealed class ObservedHostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HealthCheck_OfTwoElections_SaysHowEachIs()
    {
        var builder = StandaloneHost.Builder();
        builder.Services.AddLeaderElection("reports").UseStandalone();
        builder.Services.AddLeaderElection("mails").UseStandalone();
        builder.Services.AddHealthChecks().AddLeaderElection(tags: ["live"]);
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        foreach (var name in (string[])["reports", "mails"])
            await host.Services.GetRequiredKeyedService<ILeaderElection>(name).WaitForLeadershipAsync(Cancel);
        var report = await host.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(static check => check.Tags.Contains("live"), Cancel);

        var entry = Assert.Single(report.Entries);
        Assert.Equal(("leader-election", HealthStatus.Healthy), (entry.Key, entry.Value.Status));
        Assert.Equal(
            [("mails", "leads"), ("reports", "leads")],
            entry.Value.Data.OrderBy(d => d.Key, StringComparer.Ordinal).Select(d => (d.Key, (string)d.Value)));
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task Meter_IsTheHostsOwn_AndShowsWhoLeads()
    {
        var builder = StandaloneHost.Builder();
        builder.Services.AddLeaderElection("reports").UseStandalone();
        using var host = builder.Build();
        var leading = new List<(string Instrument, int Value, string Tags)>();
        using var listener = new MeterListener();
        var factory = host.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "LeaseElection" && instrument.Meter.Scope == factory)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) =>
            leading.Add((instrument.Name, value, string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}")))));
        listener.Start();
        await host.StartAsync(Cancel);
        await host.Services.GetRequiredService<ILeaderElection>().WaitForLeadershipAsync(Cancel);
        listener.RecordObservableInstruments();

        Assert.Equal(
            [("leaseelection.leader", 1, "leaseelection.name=reports"), ("leader_election_master_status", 1, "name=reports (standalone)")],
            leading);
        await host.StopAsync(Cancel);
    }
}
