using k8s;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Loop;
using LeaseElection.Settings;
using LeaseElection.Store;
using LeaseElection.TestKit.Scenarios.Elections.Safety;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>One replica of a service, in this process: an elector of its own, with its own connection and its own tap on it.</summary>
public sealed class Replica : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly SafetyMonitor _monitor;
    private readonly List<LeadershipTerm> _terms = [];
    private readonly TaskCompletionSource _mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _stop = new();
    private volatile TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _working;

    public Replica(
        KubernetesClientConfiguration configuration, string @namespace, string lease, SafetyMonitor monitor,
        Action<LeaderElectionOptions>? configure = null)
    {
        // Short enough to wait for, long enough for two busy cores.
        var options = new LeaderElectionOptions { LeaseName = lease, Namespace = @namespace, LeaseDuration = TimeSpan.FromSeconds(5) };
        configure?.Invoke(options);
        var settings = SettingsFactory.Create(lease, options);
        _monitor = monitor;
        RenewDeadline = settings.RenewDeadline;
#pragma warning disable CA2000 // The LeaderElector disposes of it.
        Elector = new(new Elector(
            new()
            {
                Name = lease,
                Settings = settings,
                Lease = $"{@namespace}/{lease}",
                OpenStore = () => new KubernetesLeaseStore(
                    WrappedTransports.Connect(configuration, settings.RequestTimeout, TimeProvider.System, Tap.Wrap),
                    @namespace, lease, options.Labels.AsReadOnly(), settings.RequestTimeout, TimeProvider.System, static () =>
                        0.5, ownsConnection: true),
                Time = TimeProvider.System,
                Clock = HolderClock.For(TimeProvider.System),
                Logger = Log,
                FailFast = message => FailedFast.TrySetResult(message),
            },
            options.WhenWorkCompletes));
#pragma warning restore CA2000
        Work = WorkUntilToldAsync;
        monitor.Add(this);
    }

    public Tap Tap { get; } = new();

    public LogRecord Log { get; } = new();

    public LeaderElector Elector { get; }

    public string Identity => Elector.Identity;

    public TimeSpan RenewDeadline { get; }

    /// <summary>Gets every term whose work began, in order.</summary>
    public IReadOnlyList<LeadershipTerm> Terms
    {
        get
        {
            lock (_terms)
                return [.. _terms];
        }
    }

    /// <summary>Gets or sets the work; by default it ends when its term does.</summary>
    public Func<LeadershipTerm, CancellationToken, Task> Work { get; set; }

    /// <summary>Gets or sets a value indicating whether the default work goes on after the term until <see cref="LetWorkEnd"/>.</summary>
    public bool WorkEndsLate { get; set; }

    public bool Works => Volatile.Read(ref _working) > 0;

    /// <summary>Gets what would have ended the process.</summary>
    public TaskCompletionSource<string> FailedFast { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Run { get; private set; } = Task.CompletedTask;

    /// <summary>Begins to campaign; again, after a stop.</summary>
    public Replica Start()
    {
        if (_stop.IsCancellationRequested)
        {
            _stop.Dispose();
            _stop = new();
        }

        // Who gives up the test gives up waiting for this, too.
        Run = Elector.RunAsync(WorkAsync, _stop.Token).WaitAsync(TestContext.Current.CancellationToken);
        return this;
    }

    public void BeginStop() => _stop.Cancel();

    public async Task StopAsync()
    {
        BeginStop();
        await Run;
    }

    public void LetWorkEnd() => _mayEnd.TrySetResult();

    /// <summary>Waits until it leads, and until <see cref="Terms"/> has that term.</summary>
    public async Task<LeadershipTerm> UntilLeadingAsync() =>
        await BegunAsync(await Elector.WaitForLeadershipAsync(TestContext.Current.CancellationToken));

    /// <summary>Waits for a term other than this one.</summary>
    public async Task<LeadershipTerm> UntilNextTermAsync(LeadershipTerm last)
    {
        var change = await UntilAsync(c => c.Term is { } term && term != last);
        return await BegunAsync(change.Term!);
    }

    public async Task<TermEndReason> UntilEndedAsync()
    {
        var change = await UntilAsync(c => c.Term is null && c.EndReason is not null);
        return change.EndReason!.Value;
    }

    public Task<LeadershipChange> UntilSeesAsync(string? leader) => UntilAsync(c => c.LeaderIdentity == leader);

    public async ValueTask DisposeAsync()
    {
        LetWorkEnd();
        Tap.ReleaseWrites();
        await Elector.DisposeAsync().AsTask().WaitAsync(Patience, TimeProvider.System);
        _stop.Dispose();
    }

    // The work begins on another thread than the one that tells of the term; of a term that is over already it may never begin.
    private async Task<LeadershipTerm> BegunAsync(LeadershipTerm term)
    {
        while (true)
        {
            var next = _began.Task;
            if (Terms.Contains(term) || !term.IsActive)
                return term;
            await next.WaitAsync(term.EndedToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<LeadershipChange> UntilAsync(Func<LeadershipChange, bool> condition)
    {
        await foreach (var change in Elector.WatchAsync(TestContext.Current.CancellationToken))
        {
            if (condition(change))
                return change;
        }

        throw new InvalidOperationException("The election is over.");
    }

    private async Task WorkAsync(LeadershipTerm term, CancellationToken cancellationToken)
    {
        _monitor.Begins(this, term);
        lock (_terms)
            _terms.Add(term);
        Interlocked.Exchange(ref _began, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        if (Interlocked.Increment(ref _working) != 1)
            _monitor.Violated($"{Identity} works twice at once");
        try
        {
            await Work(term, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _working);
        }
    }

    private async Task WorkUntilToldAsync(LeadershipTerm term, CancellationToken cancellationToken)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(ended.SetResult);
        await ended.Task;
        if (WorkEndsLate)
            await _mayEnd.Task;
    }
}
