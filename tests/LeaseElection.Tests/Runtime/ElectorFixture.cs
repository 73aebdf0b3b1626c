using LeaseElection.Diagnostics;
using LeaseElection.Election.Inputs;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Loop;
using LeaseElection.TestKit;
using LeaseElection.TestKit.Scenarios.Elections;
using LeaseElection.Tests.Diagnostics;
using LeaseElection.Tests.Election;

namespace LeaseElection.Tests.Runtime;

/// <summary>A real elector with its real loop, on a manual clock and a fake store.</summary>
internal sealed class ElectorFixture : IAsyncDisposable
{
    // A test that waits for what never comes must say so.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly QuietPool _quiet = new();
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LeadershipTerm? _term;

    public ElectorFixture(
        Func<ElectionSettings, ElectionSettings>? change = null, WorkOverrunPolicy overruns = WorkOverrunPolicy.Log, bool hosted = false)
    {
        Store = new(new());
        var settings = World.Defaults("a") with { WhenWorkOverruns = overruns };
        Meters = new();
        Monitor = new(new(Meters), Time, "test", "ns/test", Identity);
        Elector = new(
            new()
            {
                Name = "test",
                Settings = change is null ? settings : change(settings),
                Lease = "ns/test",
                OpenStore = () => Store,
                Time = Time,
                Clock = HolderClock.ByTimer(Time),
                Logger = Log,
                Monitor = Monitor,
                StopHost = hosted ? () => HostStopped.TrySetResult() : null,
                FailFast = message =>
                {
                    FailedFast.TrySetResult(message);
                    OnFailFast?.Invoke();
                },
            },
            WorkCompletionPolicy.KeepLeading);
    }

    public ManualTimeProvider Time { get; } = new();

    public FakeLeaseStore Store { get; }

    /// <summary>Gets whose spans are this fixture's: others run beside it.</summary>
    public string Identity { get; } = Guid.NewGuid().ToString();

    public LogRecord Log { get; } = new();

    public MeterReadings Meters { get; }

    public ElectionMonitor Monitor { get; }

    public Elector Elector { get; }

    public TaskCompletionSource HostStopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<string> FailedFast { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets or sets what happens where the process would end.</summary>
    public Action? OnFailFast { get; set; }

    public Task Run { get; private set; } = Task.CompletedTask;

    public static Task UntilCancelledAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(() => cancelled.TrySetResult());
        return cancelled.Task;
    }

    /// <summary>Runs the elector with work that ends when its term does, unless told otherwise, and waits until it leads.</summary>
    public async Task<LeadershipTerm> LeadAsync(Func<LeadershipTerm, CancellationToken, Task>? work = null)
    {
        var began = new TaskCompletionSource<LeadershipTerm>(TaskCreationOptions.RunContinuationsAsynchronously);
        Run = Elector.RunAsync(
            (term, token) =>
            {
                began.TrySetResult(term);
                return work is null ? UntilCancelledAsync(token) : work(term, token);
            },
            _stop.Token);
        _term = await began.Task.WaitAsync(TestContext.Current.CancellationToken);
        return _term;
    }

    /// <summary>Runs the elector, and waits for nothing.</summary>
    public void Campaign() => Run = Elector.RunAsync((_, token) => UntilCancelledAsync(token), _stop.Token);

    /// <summary>Runs the elector while another holds the Lease, and returns once it knows.</summary>
    public async Task StandByAsync(string holder)
    {
        Hold(holder);
        Run = Elector.RunAsync((_, token) => UntilCancelledAsync(token), _stop.Token);
        await UntilAsync(c => c.LeaderIdentity == holder);
    }

    /// <summary>Another has the Lease, or renews it.</summary>
    public void Hold(string holder) => Store.Meddle(server => server.Edit(s => s with
    {
        HolderIdentity = holder,
        LeaseDurationSeconds = 15,
        LeaseTransitions = (s.LeaseTransitions ?? 0) + 1,
    }));

    public void BeginStop() => _stop.Cancel();

    public async Task<LeadershipChange> UntilAsync(Func<LeadershipChange, bool> condition)
    {
        await foreach (var change in Elector.WatchAsync(TestContext.Current.CancellationToken))
        {
            if (condition(change))
                return change;
        }

        throw new InvalidOperationException("The election is over.");
    }

    /// <summary>
    /// Lets time pass, in small steps, until something has happened. No step begins before all that the one before it led to is done.
    /// </summary>
    public async Task AdvanceUntilAsync(Task happened)
    {
        await AdvanceUntilAsync(() => happened.IsCompleted);
        await happened;
    }

    public async Task AdvanceUntilAsync(Func<bool> happened)
    {
        var from = TimeProvider.System.GetTimestamp();
        await SettleAsync();
        while (!happened())
        {
            await StepAsync();
            Assert.True(TimeProvider.System.GetElapsedTime(from) < Patience, "did not happen");
        }
    }

    /// <summary>Lets that much time pass, in the same steps.</summary>
    public async Task AdvanceAsync(double seconds)
    {
        await SettleAsync();
        for (var i = 0; i < Math.Round(seconds * 10); i++)
            await StepAsync();
    }

    /// <summary>Waits until the term that <see cref="LeadAsync"/> gave is over; another may have begun by then.</summary>
    public Task<LeadershipChange> UntilEndedAsync() => UntilAsync(c => c.Term != _term);

    public async ValueTask DisposeAsync()
    {
        if (_disposed.TrySetResult())
        {
            Store.HoldWrites?.TrySetResult();
            await _stop.CancelAsync();
            _stop.Dispose();
            await Elector.DisposeAsync();
            Meters.Dispose();
        }
    }

    private async Task StepAsync()
    {
        Time.Advance(TimeSpan.FromMilliseconds(100));
        await SettleAsync();
    }

    private Task SettleAsync() => _quiet.WaitAsync();
}
