using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Testing.Tests.Standalone;

/// <summary>UseStandalone: a whole host without a cluster, all else as in production.</summary>
public sealed class UseStandaloneTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_WithoutACluster_LeadsFromItsStartAndSaysThatItIsAlone()
    {
        var builder = StandaloneHost.Builder();
        builder.Services.AddLeaderElection("reports").UseStandalone();
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        var election = host.Services.GetRequiredService<ILeaderElection>();
        var term = await election.WaitForLeadershipAsync(Cancel);

        Assert.Equal(election.Identity, election.LeaderIdentity);
        Assert.Contains("'reports' is standalone", Assert.Single(await host.WarningsAsync()), StringComparison.Ordinal);
        await host.StopAsync(Cancel);
        Assert.Equal(TermEndReason.Stopped, term.EndReason);
    }

    [Fact]
    public async Task Host_Stopped_DrainsTheWorkFirst()
    {
        var steps = new List<string>();
        var builder = StandaloneHost.Builder();
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        builder.Services.AddLeaderElection("reports").UseStandalone().OnLeading(async (term, token) =>
        {
            began.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token).ContinueWith(_ => { }, TaskScheduler.Default);
            await Task.Yield();
            steps.Add($"drained, {term.EndReason}");
        });
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        await began.Task.WaitAsync(Cancel);
        await host.StopAsync(Cancel);
        steps.Add("host stopped");

        Assert.Equal(["drained, Stopped", "host stopped"], steps);
    }

    [Fact]
    public async Task StepDown_LeadsAgainAfterAMomentWithALargerToken()
    {
        var builder = StandaloneHost.Builder();
        builder.Services.AddLeaderElection("reports", o => o.RetryPeriod = TimeSpan.FromMilliseconds(10)).UseStandalone();
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        var election = host.Services.GetRequiredService<ILeaderElection>();
        var first = await election.WaitForLeadershipAsync(Cancel);
        election.StepDown();
        var second = await NextTermAsync(election, first);

        Assert.Equal(TermEndReason.SteppedDown, first.EndReason);
        Assert.True(second.FencingToken > first.FencingToken);
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task Host_StartedAnew_HasALargerToken()
    {
        var tokens = new List<long>();
        for (var i = 0; i < 2; i++)
        {
            var builder = StandaloneHost.Builder();
            builder.Services.AddLeaderElection("reports").UseStandalone();
            using var host = builder.Build();
            await host.StartAsync(Cancel);
            tokens.Add((await host.Services.GetRequiredService<ILeaderElection>().WaitForLeadershipAsync(Cancel)).FencingToken);
            await host.StopAsync(Cancel);
        }

        Assert.True(tokens[1] > tokens[0]);
    }

    [Fact]
    public async Task Work_ThatFailsUnderStopHost_StopsTheHost()
    {
        var builder = StandaloneHost.Builder(("LeaderElection:WhenWorkFails", "StopHost"));
        builder.Services.AddLeaderElection("reports").UseStandalone().OnLeading((_, _) => throw new InvalidOperationException("the work"));
        using var host = builder.Build();
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = host.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping
            .Register(stopping.SetResult);
        await host.StartAsync(Cancel);

        await stopping.Task.WaitAsync(Cancel);
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task Host_InvalidSetting_DoesNotStartAllTheSame()
    {
        var builder = StandaloneHost.Builder(("LeaderElection:RenewDeadline", "00:00:14"));
        builder.Services.AddLeaderElection("reports").UseStandalone();
        using var host = builder.Build();

        var error = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(Cancel));
        Assert.Contains("RenewDeadline is 00:00:14", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralElections_AllStandalone_AllLead()
    {
        var builder = StandaloneHost.Builder();
        builder.Services.AddLeaderElection("reports").UseStandalone();
        builder.Services.AddLeaderElection("mails").UseStandalone();
        using var host = builder.Build();
        await host.StartAsync(Cancel);

        await host.Services.GetRequiredKeyedService<ILeaderElection>("reports").WaitForLeadershipAsync(Cancel);
        await host.Services.GetRequiredKeyedService<ILeaderElection>("mails").WaitForLeadershipAsync(Cancel);
        Assert.Equal(2, (await host.WarningsAsync()).Length);
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task SeveralElections_OneStandalone_TheOtherStaysWithItsCluster()
    {
        var builder = StandaloneHost.Builder();
        builder.Services.AddSingleton(new k8s.KubernetesClientConfiguration { Host = "http://127.0.0.1:1" });
        builder.Services.AddLeaderElection("reports").UseStandalone();
        builder.Services.AddLeaderElection("mails");
        using var host = builder.Build();
        await host.StartAsync(Cancel);

        await host.Services.GetRequiredKeyedService<ILeaderElection>("reports").WaitForLeadershipAsync(Cancel);
        Assert.False(host.Services.GetRequiredKeyedService<ILeaderElection>("mails").IsLeader);
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task OneElectionOfSeveral_NotStandalone_StillNeedsItsCluster()
    {
        var builder = StandaloneHost.Builder();
        builder.Services.AddLeaderElection("reports").UseStandalone();
        builder.Services.AddLeaderElection("mails");
        using var host = builder.Build();

        await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(Cancel));
    }

    [Fact]
    public async Task TwoElections_OnOneLease_AreRefusedAllTheSame()
    {
        var builder = StandaloneHost.Builder(("LeaderElection:LeaseName", "shared"));
        builder.Services.AddLeaderElection("reports").UseStandalone();
        builder.Services.AddLeaderElection("mails").UseStandalone();
        using var host = builder.Build();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Cancel));
        Assert.Contains("'reports' and 'mails'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CalledTwiceAndFromATestsSetup_IsOneElectionAndOneWarning()
    {
        var began = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = StandaloneHost.Builder();
        builder.Services.AddLeaderElection("reports").OnLeading((_, _) =>
        {
            began.SetResult();
            return Task.CompletedTask;
        });
        builder.Services.AddLeaderElection("reports").UseStandalone().UseStandalone();
        using var host = builder.Build();
        await host.StartAsync(Cancel);
        await began.Task.WaitAsync(Cancel);
        await host.StopAsync(Cancel);

        Assert.Single(await host.WarningsAsync());
    }

    private static async Task<LeadershipTerm> NextTermAsync(ILeaderElection election, LeadershipTerm last)
    {
        await foreach (var change in election.WatchAsync(Cancel))
        {
            if (change.Term is { } term && term != last)
                return term;
        }

        throw new InvalidOperationException("The election is over.");
    }
}
