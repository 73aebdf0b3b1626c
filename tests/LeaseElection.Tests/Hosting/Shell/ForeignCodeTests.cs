using System.Diagnostics;
using LeaseElection.TestKit;
using LeaseElection.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Tests.Hosting.Shell;

/// <summary>Loggers, host callbacks and disposed hosts do not hold up the election (S9, scenarios 56 and 57).</summary>
[Collection(nameof(BlocksThreads))]
public sealed class ForeignCodeTests : IDisposable
{
    private readonly ManualResetEventSlim _block = new();
    private int _readsAtStart;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _runs = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _block.Dispose();

    [Fact, Scenario(56)]
    public async Task StoppingCallback_Sleeps_TheOverrunningWorkIsRenewedFor()
    {
        await using var host = new HostedElection(
            e => e.OnLeading((_, _) => RunAsync()),
            o => (o.WhenWorkOverruns, o.DrainTimeout) = (WorkOverrunPolicy.StopHost, TimeSpan.FromSeconds(1)));
        await LeadAsync(host);
        host.Lifetime.ApplicationStopping.Register(() => _block.Wait(CancellationToken.None));
        host.Elector.StepDown();
        await host.AdvanceAsync(9);

        await HostedElection.UntilAsync(() => host.Lifetime.ApplicationStopping.IsCancellationRequested);
        Assert.True(host.Holds);
        var writes = host.Store.Writes.Count;
        await host.AdvanceAsync(2);
        Assert.True(host.Store.Writes.Count > writes);
        _end.SetResult();
        await HostedElection.UntilAsync(() => !host.Holds);
        _block.Set();
    }

    [Fact, Scenario(56)]
    public async Task StoppingCallback_SleepsUnderStopHost_TheReleaseDoesNotWaitForIt()
    {
        await using var host = new HostedElection(
            e => e.OnLeading((_, _) => RunAsync()), o => o.WhenWorkFails = WorkFailurePolicy.StopHost);
        await LeadAsync(host);
        host.Lifetime.ApplicationStopping.Register(() => _block.Wait(CancellationToken.None));
        _end.SetException(new InvalidOperationException("broken work"));

        await HostedElection.UntilAsync(() => !host.Holds);
        await HostedElection.UntilAsync(() => host.Lifetime.ApplicationStopping.IsCancellationRequested);
        _block.Set();
    }

    [Fact, Scenario(56)]
    public async Task StoppingCallback_OfTheApplicationSleepsFirst_TheDrainBeginsAllTheSame()
    {
        await using var host = new HostedElection(e => e.OnLeading((_, token) => RunUntilCancelledAsync(token)));
        var term = await LeadAsync(host);
        // Registered after ours, so called before it.
        host.Lifetime.ApplicationStopping.Register(() => _block.Wait(CancellationToken.None));
        var stopping = Task.Run(host.Lifetime.StopApplication, TestContext.Current.CancellationToken);

        await HostedElection.UntilAsync(() => !host.Holds);
        Assert.Equal(TermEndReason.Stopped, term.EndReason);
        Assert.False(stopping.IsCompleted);
        _block.Set();
        await stopping;
    }

    [Fact, Scenario(56)]
    public async Task StartedCallback_OfTheApplicationSleeps_TheElectionBegins()
    {
        await using var host = new HostedElection(
            e =>
                e.OnLeading((_, token) => RunUntilCancelledAsync(token)), services: s =>
                    s.AddHostedService<SleepsWhenStarted>().AddSingleton(_block));
        var starting = Task.Run(host.StartAsync, TestContext.Current.CancellationToken);

        await HostedElection.UntilAsync(_runs.Task);
        Assert.False(starting.IsCompleted);
        _block.Set();
        await starting;
    }

    [Theory, Scenario(56)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Logger_ThrowsOrBlocksOnAFailedPut_TheTermGoesOn(bool throws)
    {
        await using var host = new HostedElection(e => e.OnLeading((_, token) => RunUntilCancelledAsync(token)));
        var term = await LeadAsync(host);
        host.Log.On = id => Misbehave(id is 19 or 20, throws);
        host.Store.FailNextWrites = 1;
        var told = throws ? "the log throws System.IO.IOException" : "the log has been busy with one call for";
        await host.AdvanceUntilAsync(() => host.Health.Description.Contains(told, StringComparison.Ordinal));
        Assert.Equal(HealthStatus.Degraded, host.Health.Status);
        await host.AdvanceAsync(6);

        Assert.True(term.IsActive);
        _block.Set();
    }

    [Theory, Scenario(56)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Logger_ThrowsOrBlocksAsTheTermEnds_TheWorkIsRenewedForWhileItDrains(bool throws)
    {
        await using var host = new HostedElection(e => e.OnLeading((_, _) => RunAsync()));
        var term = await LeadAsync(host);
        host.Log.On = id => Misbehave(id is 3 or 4, throws);
        host.Elector.StepDown();
        await host.AdvanceAsync(7);

        Assert.False(term.IsActive);
        Assert.True(host.Holds);
        _end.SetResult();
        await HostedElection.UntilAsync(() => !host.Holds);
        _block.Set();
    }

    [Fact, Scenario(56)]
    public async Task Logger_Blocks_TheHostStopsAllTheSame()
    {
        await using var host = new HostedElection(e => e.OnLeading((_, token) => RunUntilCancelledAsync(token)));
        await LeadAsync(host);
        host.Log.On = _ => _block.Wait(CancellationToken.None);
        var stopping = host.StopAsync(TestContext.Current.CancellationToken);
        await HostedElection.UntilAsync(() => !host.Holds);

        await host.AdvanceUntilAsync(stopping);
        _block.Set();
    }

    [Fact, Scenario(57)]
    public async Task HostDisposed_BeforeTheOverrun_TheWorkIsRenewedFor()
    {
        await using var host = new HostedElection(
            e =>
                e.OnLeading((_, _) => RunAsync()), o =>
                    (o.WhenWorkOverruns, o.DrainTimeout) = (WorkOverrunPolicy.StopHost, TimeSpan.FromSeconds(3)));
        await LeadAsync(host);
        using var hurry = new CancellationTokenSource();
        var stopping = host.StopAsync(hurry.Token);
        await host.AdvanceAsync(0.5);
        await hurry.CancelAsync();
        await HostedElection.UntilAsync(() => stopping.IsCompleted);
        host.DisposeHost();
        await host.AdvanceAsync(12);

        Assert.True(host.Holds);
        _end.SetResult();
        await HostedElection.UntilAsync(() => !host.Holds);
    }

    [Fact, Scenario(57)]
    public async Task HostDisposed_WhileAReloadBlocks_TheTermEnds()
    {
        var reads = 0;
        await using var host = new HostedElection(
            e => e.OnLeading((_, token) => RunUntilCancelledAsync(token)),
            _ =>
            {
                if (Interlocked.Increment(ref reads) > _readsAtStart && _readsAtStart > 0)
                    _block.Wait(CancellationToken.None);
            });
        var term = await LeadAsync(host);
        _readsAtStart = Volatile.Read(ref reads);
        var reload = Task.Run(host.Reload, TestContext.Current.CancellationToken);
        await HostedElection.UntilAsync(() => Volatile.Read(ref reads) > _readsAtStart);
        var disposal = Task.Run(host.DisposeHost, TestContext.Current.CancellationToken);

        await HostedElection.UntilAsync(() => !term.IsActive);
        await HostedElection.UntilAsync(disposal);
        _block.Set();
        await reload;
    }

    [Fact, Scenario(56)]
    public async Task HostStartedInsideAnActivity_WorkAndRequestsDoNotBelongToIt()
    {
        var seen = new List<Activity?>();
        await using var host = new HostedElection(
            e => e.OnLeading((_, token) =>
            {
                seen.Add(Activity.Current);
                return RunUntilCancelledAsync(token);
            }));
        host.Store.OnWrite = () => seen.Add(Activity.Current);
        using (var activity = new Activity("deploy").Start())
        {
            await LeadAsync(host);
            Assert.Same(activity, Activity.Current);
        }

        await host.AdvanceAsync(4);
        Assert.True(seen.Count > 3);
        Assert.All(seen, Assert.Null);
    }

    [Fact]
    public async Task LeadershipAwaitedInStartAsync_TheLogSaysWhyTheHostHangs()
    {
        await using var host = new HostedElection(_ => { }, services: s => s.AddHostedService<AwaitsLeadership>());
        var starting = host.StartAsync();
        await HostedElection.UntilAsync(AwaitsLeadership.Waits.Task);
        await host.AdvanceUntilAsync(() => host.Log.Events.Contains(34));

        Assert.False(starting.IsCompleted);
    }

    [Fact]
    public void ServiceProvider_DisposedSynchronously_DoesNotThrow()
    {
        var services = new ServiceCollection();
        services.AddLeaderElection("reports").Registration.Keeper = static _ => new StoreKeeper(static () => new FakeLeaseStore(new()));
        using var provider = services.BuildServiceProvider();

        Assert.False(provider.GetRequiredService<ILeaderElection>().IsLeader);
    }

    [Fact]
    public async Task Elector_DisposedSynchronously_DrainsAndReleasesInTheBackground()
    {
        await using var host = new HostedElection(e => e.OnLeading((_, _) => RunAsync()));
        var term = await LeadAsync(host);
        host.Elector.Dispose();
        await HostedElection.UntilAsync(() => term.EndReason == TermEndReason.Stopped);
        Assert.True(host.Holds);
        _end.SetResult();

        await HostedElection.UntilAsync(() => !host.Holds);
    }

    private Task RunAsync()
    {
        _runs.TrySetResult();
        return _end.Task;
    }

    private Task RunUntilCancelledAsync(CancellationToken token)
    {
        _runs.TrySetResult();
        return ElectorFixture.UntilCancelledAsync(token);
    }

    private async Task<LeadershipTerm> LeadAsync(HostedElection host)
    {
        host.LetGo = () =>
        {
            _block.Set();
            _end.TrySetResult();
        };
        var term = await host.LeadAsync();
        await HostedElection.UntilAsync(_runs.Task);
        return term;
    }

    private void Misbehave(bool now, bool throws)
    {
        if (now && throws)
            throw new IOException("no space left on device");
        if (now)
            _block.Wait(CancellationToken.None);
    }

    private sealed class SleepsWhenStarted(IHostApplicationLifetime lifetime, ManualResetEventSlim block) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(() => block.Wait(CancellationToken.None));
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class AwaitsLeadership(ILeaderElection election) : IHostedService
    {
        public static TaskCompletionSource Waits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task StartAsync(CancellationToken cancellationToken)
        {
            var waiting = election.WaitForLeadershipAsync(cancellationToken);
            Waits.TrySetResult();
            return waiting;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
