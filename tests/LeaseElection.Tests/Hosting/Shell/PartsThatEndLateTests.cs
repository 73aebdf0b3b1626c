using LeaseElection.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Tests.Hosting.Shell;

/// <summary>
/// A part has ended when its StopAsync is over and its ExecuteTask is done, whatever it throws before (S8, scenario 54). Each of these
/// released under work.
/// </summary>
[Collection(nameof(BlocksThreads))]
public sealed class PartsThatEndLateTests
{
    private readonly Batch _batch = new();

    [Fact, Scenario(54)]
    public async Task StopAsync_ThrowsBeforeItsBase_TheLeaseIsHeldUntilTheBatchIsDone()
    {
        await using var host = Host<ThrowsInStop>();
        await host.LeadAsync();
        await HostedElection.UntilAsync(_batch.Runs.Task);
        host.Elector.StepDown();
        await HostedElection.UntilAsync(_batch.Told.Task);

        await HeldUntilDoneAsync(host);
    }

    [Fact, Scenario(54)]
    public async Task StopAsync_HonoursItsToken_ThatIsNotTheWorksEnd()
    {
        await using var host = Host<HonoursHurry>(o => o.DrainTimeout = TimeSpan.FromSeconds(1));
        await host.LeadAsync();
        await HostedElection.UntilAsync(_batch.Runs.Task);
        host.Elector.StepDown();
        await host.AdvanceUntilAsync(() => host.Log.Events.Contains(16));
        await host.AdvanceAsync(1);

        await HeldUntilDoneAsync(host);
    }

    [Fact, Scenario(54)]
    public async Task StartAsync_CancelledInItsWarmUp_TheRunningWorkIsAwaited()
    {
        await using var host = Host<WarmsUp>();
        await host.LeadAsync();
        await HostedElection.UntilAsync(_batch.Runs.Task);
        host.Elector.StepDown();
        await HostedElection.UntilAsync(_batch.Told.Task);

        await HeldUntilDoneAsync(host);
    }

    [Fact, Scenario(54)]
    public async Task StartAsync_ThrowsAfterItsBase_IsAFailureAndTheRunningWorkIsAwaited()
    {
        await using var host = Host<FailsInStart>();
        await host.StartAsync();
        await HostedElection.UntilAsync(_batch.Told.Task);
        Assert.Equal(TermEndReason.WorkFailed, _batch.Term!.EndReason);

        await HeldUntilDoneAsync(host);
    }

    [Fact, Scenario(54)]
    public async Task StopAsync_Throws_TheServiceIsDisposedOfAfterItsWorkNotBefore()
    {
        await using var host = Host<ThrowsInStop>();
        await host.LeadAsync();
        await HostedElection.UntilAsync(_batch.Runs.Task);
        host.Elector.StepDown();
        await HostedElection.UntilAsync(_batch.Told.Task);
        await host.AdvanceAsync(1);
        Assert.False(_batch.Disposed.Task.IsCompleted);

        _batch.Done.SetResult();
        await HostedElection.UntilAsync(_batch.Disposed.Task);
    }

    [Fact, Scenario(54)]
    public async Task Dispose_OfAServiceThatHasNoTask_IsPartOfItsEnd()
    {
        await using var host = Host<EndsInDispose>();
        await host.LeadAsync();
        await HostedElection.UntilAsync(_batch.Runs.Task);
        host.Elector.StepDown();
        await HostedElection.UntilAsync(_batch.Told.Task);

        await HeldUntilDoneAsync(host);
    }

    private HostedElection Host<T>(Action<LeaderElectionOptions>? options = null)
        where T : class, IHostedService => new(e => e.AddLeaderService<T>(), options, s => s.AddSingleton(_batch));

    private async Task HeldUntilDoneAsync(HostedElection host)
    {
        await host.AdvanceAsync(3);
        Assert.True(host.Holds);
        Assert.False(host.Elector.IsLeader);
        _batch.Done.SetResult();
        await HostedElection.UntilAsync(() => !host.Holds);
    }

    /// <summary>What the work is about: it runs, is told to stop, and goes on until its batch is done.</summary>
    private sealed class Batch
    {
        public TaskCompletionSource Runs { get; } = New();

        public TaskCompletionSource Told { get; } = New();

        public TaskCompletionSource Done { get; } = New();

        public TaskCompletionSource Disposed { get; } = New();

        /// <summary>Gets or sets the term of a part that fails at once: who only asks for the current one may come too late.</summary>
        public LeadershipTerm? Term { get; set; }

        private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private class FinishesItsBatch(Batch batch) : BackgroundService
    {
        public override void Dispose()
        {
            base.Dispose();
            batch.Disposed.TrySetResult();
            GC.SuppressFinalize(this);
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            batch.Runs.TrySetResult();
            await using var told = stoppingToken.Register(() => batch.Told.TrySetResult());
            await batch.Done.Task;
        }
    }

    private sealed class ThrowsInStop(Batch batch) : FinishesItsBatch(batch)
    {
        public override Task StopAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("before its base");
    }

    private sealed class HonoursHurry(Batch batch) : FinishesItsBatch(batch)
    {
        public override async Task StopAsync(CancellationToken cancellationToken)
        {
            await base.StopAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private sealed class WarmsUp(Batch batch) : FinishesItsBatch(batch)
    {
        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            await base.StartAsync(cancellationToken);
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }
    }

    private sealed class FailsInStart(Batch batch, LeadershipTerm term) : FinishesItsBatch(batch)
    {
        private readonly Batch _batch = batch;

        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            _batch.Term = term;
            await base.StartAsync(cancellationToken);
            await HostedElection.UntilAsync(_batch.Runs.Task);
            throw new InvalidOperationException("after its base");
        }
    }

    private sealed class EndsInDispose(Batch batch) : IHostedService, IAsyncDisposable
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            batch.Runs.TrySetResult();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("stops nothing");

        public async ValueTask DisposeAsync()
        {
            batch.Told.TrySetResult();
            await batch.Done.Task;
        }
    }
}
