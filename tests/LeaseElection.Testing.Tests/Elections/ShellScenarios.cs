using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Testing.Tests.Elections;

/// <summary>The shell (S8, S9) in two real hosts on one server. Each of these had the work of both at once, or none.</summary>
public sealed class ShellScenarios : IAsyncLifetime
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _runs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _block = new();
    private LeaseApiServer? _api;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private LeaseApiServer Api => _api!;

    public async ValueTask InitializeAsync() => _api = await LeaseApiServer.StartAsync(cancellationToken: Cancel);

    public async ValueTask DisposeAsync()
    {
        await Api.DisposeAsync();
        _block.Dispose();
    }

    [Fact, Scenario(54)]
    public async Task StopAsync_Throws_TheOtherHostWaitsForTheBatch()
    {
        await using var a =
            await new HostedReplica(Api, e => e.AddLeaderService<ThrowsInStop>(), services: s => s.AddSingleton(this)).StartAsync();
        await using var b = await StandbyAsync(a);
        a.Election.StepDown();

        await OnlyAfterTheWorkAsync(b);
    }

    [Fact, Scenario(55)]
    public async Task OnePartFails_AnotherIsDeaf_TheTermIsOverAtOnceAndTheLeaseIsKept()
    {
        var fail = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var a =
            await new HostedReplica(Api, e => e.OnLeading((_, _) => fail.Task).OnLeading((_, _) => RunAsync())).StartAsync();
        await using var b = await StandbyAsync(a);
        var term = a.Election.Term!;
        fail.SetException(new InvalidOperationException("a part of it"));
        await Task.Run(() => term.EndedToken.WaitHandle.WaitOne(), Cancel);
        Assert.Equal(TermEndReason.WorkFailed, term.EndReason);

        await OnlyAfterTheWorkAsync(b);
    }

    [Fact, Scenario(56)]
    public async Task StoppingCallback_Blocks_TheOtherHostLeadsAllTheSame()
    {
        await using var a = await new HostedReplica(Api, e => e.OnLeading((_, _) => RunAsync()), o => o.WhenWorkFails = WorkFailurePolicy.StopHost).StartAsync();
        await using var b = await StandbyAsync(a);
        a.Lifetime.ApplicationStopping.Register(() => _block.Wait(CancellationToken.None));
        _end.SetException(new InvalidOperationException("broken work"));

        await b.Election.WaitForLeadershipAsync(Cancel);
        _block.Set();
    }

    [Fact, Scenario(56)]
    public async Task Logger_BlocksOnAFailedPut_TheTermGoesOn()
    {
        using var blocking = new BlocksOnOutage(_block);
        await using var a = await new HostedReplica(Api, e => e.OnLeading((_, _) => RunAsync()), services: s => s.AddSingleton<ILoggerProvider>(blocking)).StartAsync();
        var term = await a.Election.WaitForLeadershipAsync(Cancel);
        using (Api.Faults.Add(Fault.Status(500), request => request.Verb == "update", times: 1))
            await blocking.Blocks.Task.WaitAsync(Cancel);
        await RenewedAsync();

        Assert.True(term.IsActive);
        _block.Set();
        _end.SetResult();
    }

    [Fact, Scenario(57)]
    public async Task HostDisposed_WhileTheWorkDrains_TheLeaseIsKept()
    {
        await using var a = await new HostedReplica(
            Api, e =>
                e.OnLeading((_, _) => RunAsync()), o =>
                    (o.WhenWorkOverruns, o.DrainTimeout) = (WorkOverrunPolicy.StopHost, TimeSpan.FromSeconds(0.5))).StartAsync();
        await using var b = await StandbyAsync(a);
        using var hurry = new CancellationTokenSource();
        await hurry.CancelAsync();
        await a.StopAsync(hurry.Token);
        await a.DisposeHostAsync();

        await OnlyAfterTheWorkAsync(b);
    }

    [Fact, Scenario(58)]
    public async Task NoAllowance_WorkThatEndsAtOnce_IsNoOverrun()
    {
        await using var a = await new HostedReplica(
            Api,
            e => e.OnLeading(async (_, token) =>
            {
                _runs.SetResult();
                await _end.Task.WaitAsync(token);
            }),
            o => (o.RenewDeadline, o.WhenWorkOverruns) = (TimeSpan.FromSeconds(1.6), WorkOverrunPolicy.StopHost)).StartAsync();
        var term = await a.Election.WaitForLeadershipAsync(Cancel);
        await _runs.Task;
        using var client = Api.CreateClient();
        await k8s.CoordinationV1OperationsExtensions.DeleteNamespacedLeaseAsync(
            client.CoordinationV1, "shell", "default", cancellationToken: Cancel);
        await Task.Run(() => term.EndedToken.WaitHandle.WaitOne(), Cancel);
        await a.Election.WatchAsync(Cancel).FirstAsync(change => change.Term is { } next && next != term, Cancel);

        Assert.False(a.Lifetime.ApplicationStopping.IsCancellationRequested);
    }

    private Task RunAsync()
    {
        _runs.TrySetResult();
        return _end.Task;
    }

    private async Task<HostedReplica> StandbyAsync(HostedReplica leader)
    {
        await leader.Election.WaitForLeadershipAsync(Cancel);
        await _runs.Task.WaitAsync(Cancel);
        var standby = await new HostedReplica(Api, static _ => { }).StartAsync();
        await standby.Election.WatchAsync(Cancel).FirstAsync(change => change.LeaderIdentity == leader.Election.Identity, Cancel);
        return standby;
    }

    // For longer than the lease.
    private async Task RenewedAsync()
    {
        var until = Api.Requests.Count(IsRenewal) + 7;
        await Api.Requests.UntilAsync(IsRenewal, until, Cancel);

        static bool IsRenewal(LeaseApiRequest request) => request is { Verb: "update", StatusCode: 200 };
    }

    private async Task OnlyAfterTheWorkAsync(HostedReplica standby)
    {
        await RenewedAsync();
        Assert.False(standby.Election.IsLeader);
        _end.TrySetResult();
        await standby.Election.WaitForLeadershipAsync(Cancel);
    }

    private sealed class ThrowsInStop(ShellScenarios test) : BackgroundService
    {
        public override Task StopAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("before its base");

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => test.RunAsync();
    }

    private sealed class BlocksOnOutage(ManualResetEventSlim block) : ILoggerProvider, ILogger
    {
        public TaskCompletionSource Blocks { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id != 19)
                return;
            Blocks.TrySetResult();
            block.Wait(CancellationToken.None);
        }

        public void Dispose()
        {
        }
    }
}
