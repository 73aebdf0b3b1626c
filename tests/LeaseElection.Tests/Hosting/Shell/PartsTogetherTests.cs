using LeaseElection.TestKit;
using LeaseElection.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Tests.Hosting.Shell;

/// <summary>One part fails, another is slow or deaf: all are told at once, and the policies count from then (S8, scenario 55).</summary>
[Collection(nameof(BlocksThreads))]
public sealed class PartsTogetherTests
{
    private readonly TaskCompletionSource _fail = New();
    private readonly TaskCompletionSource _end = New();
    private readonly TaskCompletionSource _asked = New();
    private readonly TaskCompletionSource _runs = New();

    [Fact, Scenario(55)]
    public async Task OnePartThrows_AnotherIgnoresItsToken_TheTermEndsAtOnceAndTheOverrunIsReported()
    {
        await using var host = new HostedElection(
            e => e.OnLeading((_, _) => _fail.Task).OnLeading((_, _) => _end.Task), o => o.DrainTimeout = TimeSpan.FromSeconds(2));
        var term = await host.LeadAsync();
        _fail.SetException(new InvalidOperationException("a part of it"));
        await HostedElection.UntilAsync(() => host.Log.Events.Contains(13) && !host.Elector.IsLeader);
        Assert.Equal(TermEndReason.WorkFailed, term.EndReason);

        await host.AdvanceAsync(1.5);
        Assert.DoesNotContain(16, host.Log.Events);
        await host.AdvanceAsync(1);
        await HostedElection.UntilAsync(() => host.Log.Events.Contains(16));
        Assert.True(host.Holds);
        _end.SetResult();
        await HostedElection.UntilAsync(() => !host.Holds);
    }

    [Fact, Scenario(55)]
    public async Task OnePartThrows_TheOthersTokensAreCancelledInThatMoment()
    {
        var other = New();
        await using var host = new HostedElection(e => e.OnLeading((_, _) => _fail.Task).OnLeading(async (_, token) =>
        {
            _asked.SetResult();
            await ElectorUntilAsync(token);
            other.SetResult();
        }));
        await host.LeadAsync();
        await HostedElection.UntilAsync(_asked.Task);
        _fail.SetException(new InvalidOperationException("a part of it"));

        await HostedElection.UntilAsync(other.Task);
    }

    [Fact, Scenario(55)]
    public async Task SlowService_BesideATimer_BothAreAskedToStopAtOnce()
    {
        await using var host = new HostedElection(
            e => e.AddLeaderService<TimerLike>().AddLeaderService<Slow>(), services: s => s.AddSingleton(new Signals(_asked, _end, _runs)));
        await host.LeadAsync();
        await HostedElection.UntilAsync(_runs.Task);
        host.Elector.StepDown();

        await HostedElection.UntilAsync(_asked.Task); // Time stands still, and Slow has not stopped.
        _end.SetResult();
    }

    [Fact, Scenario(55)]
    public async Task PartThatBlocksInItsConstructor_KeepsNobodyElseFromBeingTold()
    {
        using var block = new ManualResetEventSlim();
        await using var host = new HostedElection(
            e => e.AddLeaderService<TimerLike>().AddLeaderService<BlocksAtBirth>(),
            services: s => s.AddSingleton(new Signals(_asked, _end, _runs)).AddSingleton(block));
        await host.LeadAsync();
        await HostedElection.UntilAsync(BlocksAtBirth.Born.Task);
        host.Elector.StepDown();

        await HostedElection.UntilAsync(_asked.Task);
        Assert.True(host.Holds);
        block.Set();
        await HostedElection.UntilAsync(() => !host.Holds);
    }

    [Fact, Scenario(55)]
    public async Task CallbackOnTheTermsToken_Blocks_TheWorkIsToldAllTheSame()
    {
        using var block = new ManualResetEventSlim();
        var told = New();
        await using var host = new HostedElection(e => e.OnLeading(async (term, token) =>
        {
            term.EndedToken.Register(() => block.Wait(CancellationToken.None));
            _asked.SetResult();
            await ElectorUntilAsync(token);
            told.SetResult();
        }));
        await host.LeadAsync();
        await HostedElection.UntilAsync(_asked.Task);
        host.Elector.StepDown();

        await HostedElection.UntilAsync(told.Task);
        block.Set();
    }

    [Theory, Scenario(58)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NoTimeToStop_WorkThatEndsAtOnce_IsNoOverrun(bool loss)
    {
        await using var host = new HostedElection(
            e => e.OnLeading((_, token) =>
            {
                _runs.TrySetResult();
                return ElectorUntilAsync(token);
            }),
            o =>
            {
                o.DrainTimeout = TimeSpan.Zero;
                o.RenewDeadline = TimeSpan.FromSeconds(4);
                o.WhenWorkOverruns = WorkOverrunPolicy.StopHost;
            });
        var term = await host.LeadAsync();
        await HostedElection.UntilAsync(_runs.Task);
        if (loss)
            host.Store.Meddle(s => s.Edit(spec => spec with { HolderIdentity = "b" }));
        else
            host.Elector.StepDown();
        await HostedElection.UntilAsync(() => !term.IsActive);
        await host.SettleAsync();
        await host.AdvanceAsync(0.2);

        Assert.DoesNotContain(16, host.Log.Events);
        Assert.False(host.Lifetime.ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task LifecycleHooks_AreCalledAroundStartAndStop()
    {
        var log = new List<string>();
        await using var host = new HostedElection(e => e.AddLeaderService<Hooked>(), services: s => s.AddSingleton(log));
        await host.LeadAsync();
        await HostedElection.UntilAsync(() => Count() == 3);
        host.Elector.StepDown();
        await HostedElection.UntilAsync(() => Count() == 7);

        Assert.Equal(["starting", "start", "started", "stopping", "stop", "stopped", "dispose"], log);

        int Count()
        {
            lock (log)
                return log.Count;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task ElectorUntilAsync(CancellationToken token) => ElectorFixture.UntilCancelledAsync(token);

    private sealed record Signals(TaskCompletionSource Asked, TaskCompletionSource End, TaskCompletionSource Runs);

    private sealed class TimerLike(Signals signals) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            signals.Asked.TrySetResult();
            return Task.CompletedTask;
        }
    }

    private sealed class Slow(Signals signals) : BackgroundService
    {
        protected override Task ExecuteAsync(CancellationToken stoppingToken)
        {
            signals.Runs.TrySetResult();
            return signals.End.Task;
        }
    }

    private sealed class BlocksAtBirth : IHostedService
    {
        public BlocksAtBirth(ManualResetEventSlim block)
        {
            Born.TrySetResult();
            block.Wait(CancellationToken.None);
        }

        public static TaskCompletionSource Born { get; } = New();

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Hooked(List<string> log) : IHostedLifecycleService, IDisposable
    {
        public Task StartingAsync(CancellationToken cancellationToken) => Say("starting");

        public Task StartAsync(CancellationToken cancellationToken) => Say("start");

        public Task StartedAsync(CancellationToken cancellationToken) => Say("started");

        public Task StoppingAsync(CancellationToken cancellationToken) => Say("stopping");

        public Task StopAsync(CancellationToken cancellationToken) => Say("stop");

        public Task StoppedAsync(CancellationToken cancellationToken) => Say("stopped");

        public void Dispose() => Say("dispose");

        private Task Say(string what)
        {
            lock (log)
                log.Add(what);
            return Task.CompletedTask;
        }
    }
}
