using LeaseElection.TestKit;
using LeaseElection.Tests.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Tests.Hosting.Shell;

/// <summary>
/// A BackgroundService may begin its ExecuteTask late, or a second time (S8). A review found these: the first two had two works at once.
/// </summary>
[Collection(nameof(BlocksThreads))]
public sealed class LateTasksTests
{
    private readonly Job _job = new();

    [Theory, Scenario(54)]
    [InlineData(typeof(BeginsInTheBackground))]
    [InlineData(typeof(BeginsTwice))]
    public async Task ExecuteTask_BegunLateOrTwice_IsAwaitedAllTheSame(Type type)
    {
        await using var host = new HostedElection(
            e => _ = type == typeof(BeginsTwice) ? e.AddLeaderService<BeginsTwice>() : e.AddLeaderService<BeginsInTheBackground>(),
            o => o.DrainTimeout = TimeSpan.FromSeconds(1),
            s => s.AddSingleton(_job));
        host.LetGo = () => _job.Done.TrySetResult();
        await host.LeadAsync();
        await HostedElection.UntilAsync(() => _job.Running == (type == typeof(BeginsTwice) ? 2 : 1));
        host.Elector.StepDown();
        await host.AdvanceUntilAsync(() => host.Log.Events.Contains(16));
        await host.AdvanceAsync(3);

        Assert.True(host.Holds);
        Assert.False(host.Elector.IsLeader);
        _job.Done.SetResult();
        await HostedElection.UntilAsync(() => !host.Holds);
    }

    [Fact, Scenario(55)]
    public async Task ExecuteTask_FailsWhileStartAsyncGoesOn_EndsTheTerm()
    {
        await using var host = new HostedElection(e => e.AddLeaderService<WarmsUpForEver>(), services: s => s.AddSingleton(_job));
        host.LetGo = () => _job.Done.TrySetResult();
        var term = await host.LeadAsync();
        await HostedElection.UntilAsync(() => _job.Running == 1);
        _job.Fail.SetException(new InvalidOperationException("in its first minute"));
        await host.AdvanceUntilAsync(() => !term.IsActive);

        Assert.Equal(TermEndReason.WorkFailed, term.EndReason);
    }

    [Fact, Scenario(44)]
    public async Task AllPartsComplete_UnderResign_TheTermEndsThoughDisposingHangs()
    {
        await using var host = new HostedElection(
            e => e.AddLeaderService<HangsInDispose>(), o => o.WhenWorkCompletes = WorkCompletionPolicy.Resign, s => s.AddSingleton(_job));
        host.LetGo = () => _job.Done.TrySetResult();
        await host.StartAsync();
        var ended = await host.Elector.WatchAsync(TestContext.Current.CancellationToken)
            .FirstAsync(static change => change is { Term: null, EndReason: not null }, TestContext.Current.CancellationToken);
        Assert.Equal(TermEndReason.WorkCompleted, ended.EndReason);
        Assert.True(host.Holds);
        await host.AdvanceUntilAsync(() => host.Log.Events.Contains(16));
    }

    private sealed class Job
    {
        private int _running;

        public int Running => Volatile.Read(ref _running);

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Fail { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task RunAsync()
        {
            Interlocked.Increment(ref _running);
            await (await Task.WhenAny(Done.Task, Fail.Task));
        }
    }

    private sealed class BeginsInTheBackground(Job job) : BackgroundService
    {
        public override Task StartAsync(CancellationToken cancellationToken)
        {
            _ = Task.Run(() => base.StartAsync(cancellationToken), CancellationToken.None);
            return Task.CompletedTask;
        }

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => job.RunAsync();
    }

    private sealed class BeginsTwice(Job job) : BackgroundService
    {
        private readonly Job _job = job;
        private int _begun;

        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            await base.StartAsync(cancellationToken);
            _ = Task.Run(() => base.StartAsync(cancellationToken), CancellationToken.None);
        }

        // The first ends when told to, the second goes on.
        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Interlocked.Increment(ref _begun) == 1
            ? Task.WhenAny(_job.RunAsync(), ElectorFixture.UntilCancelledAsync(stoppingToken))
            : _job.RunAsync();
    }

    private sealed class WarmsUpForEver(Job job) : BackgroundService
    {
        private readonly Job _job = job;

        public override async Task StartAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            await base.StartAsync(cancellationToken);
            await _job.Done.Task;
        }

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => _job.RunAsync();
    }

    private sealed class HangsInDispose(Job job) : BackgroundService, IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await job.Done.Task;
            Dispose();
        }

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
    }
}
