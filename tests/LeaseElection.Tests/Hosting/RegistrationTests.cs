using k8s;
using LeaseElection.Composition;
using LeaseElection.Connection;
using LeaseElection.Connection.Configuration;
using LeaseElection.Connection.Machine;
using LeaseElection.Runtime;
using LeaseElection.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LeaseElection.Tests.Hosting;

public sealed class RegistrationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_ApiServerOutOfReach_StartsAndStopsAllTheSame()
    {
        var builder = HostFixture.Builder();
        builder.Services.AddLeaderElection("reports").OnLeading((_, _) => Task.CompletedTask);
        using var host = builder.Build();
        await host.StartAsync(Cancel);

        var election = host.Services.GetRequiredService<ILeaderElection>();
        Assert.Equal("reports", election.Name);
        Assert.False(election.IsLeader);
        Assert.Null(election.Term);
        await host.StopAsync(Cancel);
    }

    [Theory]
    [InlineData(false, 35)]
    [InlineData(true, 36)]
    public async Task Start_SaysWhereTheElectionIsHeld_AndWarnsOfAPersonsKubeconfig(bool isPersons, int id)
    {
        var builder = HostFixture.Builder();
        var log = new Shell.LogHook();
        builder.Services.AddSingleton<ILoggerProvider>(log);
        builder.Services.AddLogging();
        var access = GivenAccess.Of(HostFixture.Nowhere, "a test", isPersons ? AccessKind.Kubeconfig : AccessKind.Pod);
        builder.Services.AddSingleton<ILeaseKeeper>(new KubernetesLeaseKeeper(_ => access, SystemEnvironment.This));
        builder.Services.AddLeaderElection("reports");
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        await host.StopAsync(Cancel);

        Assert.Contains(id, log.Events);
        Assert.DoesNotContain(71 - id, log.Events);
    }

    [Fact]
    public void Settings_SharedNamedAndCode_LaterWins()
    {
        var builder = HostFixture.Builder(
            ("LeaderElection:LeaseDuration", "00:00:30"),
            ("LeaderElection:RetryPeriod", "00:00:03"),
            ("LeaderElection:DrainTimeout", "00:00:05"),
            ("LeaderElection:Labels:app", "shared"),
            ("LeaderElection:Leases:reports:RetryPeriod", "00:00:04"),
            ("LeaderElection:Leases:reports:DrainTimeout", "00:00:06"),
            ("LeaderElection:Leases:reports:Namespace", "team-a"));
        builder.Services.AddLeaderElection("reports", o => o.DrainTimeout = TimeSpan.FromSeconds(7));
        using var host = builder.Build();

        var context = host.Services.GetRequiredKeyedService<ElectorContext>("reports");
        Assert.Equal("team-a/reports", context.Lease);
        Assert.Equal((30, 4, 7), (context.Settings.LeaseDuration.TotalSeconds, context.Settings.RetryPeriod.TotalSeconds, context.Settings.DrainTimeout.TotalSeconds));
        Assert.Equal("shared", host.Services.GetRequiredService<IOptionsMonitor<LeaderElectionOptions>>().Get("reports").Labels["app"]);
    }

    [Theory, Scenario(13)]
    [InlineData("RenewDeadline", "00:00:14", "RenewDeadline is 00:00:14 and LeaseDuration is 00:00:15")]
    [InlineData("LeaseDuration", "15", "LeaseDuration is 15.00:00:00")]
    [InlineData("LeaseDuration", "soon", "'soon'")]
    [InlineData("WhenWorkFails", "Panic", "'Panic'")]
    public async Task Host_InvalidSetting_DoesNotStartAndSaysWhy(string setting, string value, string says)
    {
        var builder = HostFixture.Builder(($"LeaderElection:{setting}", value));
        builder.Services.AddLeaderElection("reports");
        using var host = builder.Build();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(Cancel));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_UnusableConfiguration_DoesNotStart()
    {
        var builder = HostFixture.Builder();
        builder.Services.AddSingleton(new KubernetesClientConfiguration { Host = "not a url" });
        builder.Services.AddLeaderElection("reports");
        using var host = builder.Build();

        await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(Cancel));
    }

    [Fact]
    public void SeveralElections_AreKeyed_AndOneWithoutAKeyIsRefused()
    {
        var builder = HostFixture.Builder();
        builder.Services.AddLeaderElection("reports");
        builder.Services.AddLeaderElection("mails");
        using var host = builder.Build();

        var (reports, mails) = (host.Services.GetRequiredKeyedService<ILeaderElection>("reports"), host.Services.GetRequiredKeyedService<ILeaderElection>("mails"));
        Assert.Equal(("reports", "mails"), (reports.Name, mails.Name));
        Assert.NotEqual(reports.Identity, mails.Identity);
        var error = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<ILeaderElection>);
        Assert.Contains("FromKeyedServices", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoElections_OnOneLease_AreRefused()
    {
        var builder = HostFixture.Builder(("LeaderElection:LeaseName", "shared"));
        builder.Services.AddLeaderElection("reports");
        builder.Services.AddLeaderElection("mails");
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Cancel));
        Assert.Contains("'reports' and 'mails'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Service_RegisteredBothWays_IsRefused()
    {
        var builder = HostFixture.Builder();
        builder.Services.AddHostedService<Idle>();
        builder.Services.AddLeaderElection("reports").AddLeaderService<Idle>();
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Cancel));
        Assert.Contains("Remove the AddHostedService", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SameName_AddedTwice_IsOneElection()
    {
        var builder = HostFixture.Builder();
        builder.Services.AddLeaderElection("reports", o => o.Namespace = "a").OnLeading((_, _) => Task.CompletedTask);
        builder.Services.AddLeaderElection("reports", o => o.DrainTimeout = TimeSpan.Zero).OnLeading((_, _) => Task.CompletedTask);
        using var host = builder.Build();

        Assert.Equal(TimeSpan.Zero, host.Services.GetRequiredKeyedService<ElectorContext>("reports").Settings.DrainTimeout);
        Assert.Single(host.Services.GetServices<IHostedService>());
        Assert.NotNull(host.Services.GetRequiredService<ILeaderElection>());
    }

    [Fact]
    public void Term_OutsideOfATermsScope_SaysWhereItIsKnown()
    {
        var builder = HostFixture.Builder();
        builder.Services.AddLeaderElection("reports");
        using var host = builder.Build();
        using var scope = host.Services.CreateScope();

        var error = Assert.Throws<InvalidOperationException>(scope.ServiceProvider.GetRequiredService<LeadershipTerm>);
        Assert.Contains("AddLeaderService", error.Message, StringComparison.Ordinal);
    }

    private sealed class Idle : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
