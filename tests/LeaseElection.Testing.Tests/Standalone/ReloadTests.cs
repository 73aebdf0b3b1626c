using k8s;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Testing.Tests.Standalone;

/// <summary>Settings that change while the host runs.</summary>
public sealed class ReloadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Durations_AreInForceFromTheNextTermOn()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        using var client = server.CreateClient();
        using var host = await StartAsync(server);
        var election = host.Services.GetRequiredService<ILeaderElection>();
        var first = await election.WaitForLeadershipAsync(Cancel);
        Change(host, ("LeaderElection:LeaseDuration", "00:00:30"), ("LeaderElection:RetryPeriod", "00:00:00.01"));
        Assert.True(first.IsActive);
        Assert.Equal(15, await DurationAsync(client));

        election.StepDown();
        await UntilAsync(election, c => c.Term is { } term && term != first);
        Assert.Equal(30, await DurationAsync(client));
        Assert.Empty(await host.WarningsAsync());
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task BrokenRule_IsRefusedAsAWholeAndToldOnce()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        using var client = server.CreateClient();
        using var host = await StartAsync(server);
        var election = host.Services.GetRequiredService<ILeaderElection>();
        var first = await election.WaitForLeadershipAsync(Cancel);
        Change(host, ("LeaderElection:LeaseDuration", "00:00:30"), ("LeaderElection:RenewDeadline", "00:00:29"));

        Assert.Contains("RenewDeadline is 00:00:29", Assert.Single(await host.WarningsAsync()), StringComparison.Ordinal);
        election.StepDown();
        await UntilAsync(election, c => c.Term is { } term && term != first);
        Assert.Equal(15, await DurationAsync(client));
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task WhatAnElectorIsMadeOf_StaysAndIsNamed()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        using var host = await StartAsync(server);
        Change(host, ("LeaderElection:Namespace", "elsewhere"), ("LeaderElection:Identity", "somebody"), ("LeaderElection:Labels:a", "b"));

        Assert.EndsWith(
            "only after a restart: Namespace, Identity, Labels", Assert.Single(await host.WarningsAsync()), StringComparison.Ordinal);
        Change(host);
        Assert.Single(await host.WarningsAsync());
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task UnreadableValue_ReachesNobodyWhoReloads()
    {
        await using var server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);
        using var host = await StartAsync(server);
        Change(host, ("LeaderElection:LeaseDuration", "soon"));

        Assert.Contains("'soon'", Assert.Single(await host.WarningsAsync()), StringComparison.Ordinal);
        await host.StopAsync(Cancel);
    }

    private static async Task<IHost> StartAsync(LeaseApiServer server)
    {
        var builder = StandaloneHost.Builder(("LeaderElection:Namespace", "default"), ("LeaderElection:RetryPeriod", "00:00:00.01"));
        builder.Services.Replace(ServiceDescriptor.Singleton(server.CreateConfiguration()));
        builder.Services.AddLeaderElection("reports");
        var host = builder.Build();
        await host.StartAsync(Cancel);
        return host;
    }

    private static void Change(IHost host, params (string Key, string Value)[] settings)
    {
        var configuration = (IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>();
        foreach (var (key, value) in settings)
            configuration[key] = value;
        configuration.Reload();
    }

    private static async Task UntilAsync(ILeaderElection election, Func<LeadershipChange, bool> happened)
    {
        await foreach (var change in election.WatchAsync(Cancel))
        {
            if (happened(change))
                return;
        }
    }

    private static async Task<int?> DurationAsync(IKubernetes client) =>
        (await client.CoordinationV1.ReadNamespacedLeaseAsync("reports", "default", cancellationToken: Cancel)).Spec.LeaseDurationSeconds;
}
