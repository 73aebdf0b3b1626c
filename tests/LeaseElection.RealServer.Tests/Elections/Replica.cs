using k8s;
using LeaseElection.Leases.Kubernetes;
using LeaseElection.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeaseElection.RealServer.Tests.Elections;

/// <summary>One replica of a service, in this process: an elector of its own, with its own connection and its own tap on it.</summary>
internal sealed class Replica : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _mayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _working;

    public Replica(KubernetesClientConfiguration configuration, string ns, string lease, Action<LeaderElectionOptions>? configure = null)
    {
        // Short enough to wait for, long enough for two busy cores.
        var options = new LeaderElectionOptions { LeaseName = lease, Namespace = ns, LeaseDuration = TimeSpan.FromSeconds(5) };
        configure?.Invoke(options);
        var settings = SettingsFactory.Create(lease, options);
        Elector = new(
            new()
            {
                Name = lease,
                Settings = settings,
                WhenWorkOverruns = options.WhenWorkOverruns,
                Lease = $"{ns}/{lease}",
                OpenStore = () => new KubernetesLeaseStore(
                    new(configuration, settings.RequestTimeout, TimeProvider.System, Tap.Wrap),
                    ns, lease, options.Labels.AsReadOnly(), settings.RequestTimeout, TimeProvider.System, static () => 0.5, ownsConnection: true),
                Time = TimeProvider.System,
                Logger = NullLogger.Instance,
            },
            options.WhenWorkCompletes);
    }

    public Tap Tap { get; } = new();

    public LeaderElector Elector { get; }

    /// <summary>Gets every term, in order.</summary>
    public List<LeadershipTerm> Terms { get; } = [];

    /// <summary>Gets or sets a value indicating whether the work goes on after the term until <see cref="LetWorkEnd"/>.</summary>
    public bool WorkEndsLate { get; set; }

    public bool Works => Volatile.Read(ref _working) > 0;

    public Task Run { get; private set; } = Task.CompletedTask;

    public Replica Start()
    {
        Run = Elector.RunAsync(WorkAsync, _stop.Token);
        return this;
    }

    public void BeginStop() => _stop.Cancel();

    public async Task StopAsync()
    {
        BeginStop();
        await Run;
    }

    public void LetWorkEnd() => _mayEnd.TrySetResult();

    public Task<LeadershipTerm> UntilLeadingAsync() => Elector.WaitForLeadershipAsync(TestContext.Current.CancellationToken);

    /// <summary>Waits for a term other than this one.</summary>
    public async Task<LeadershipTerm> UntilNextTermAsync(LeadershipTerm last)
    {
        var change = await UntilAsync(c => c.Term is { } term && term != last);
        return change.Term!;
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
        await Elector.DisposeAsync();
        _stop.Dispose();
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
        Terms.Add(term);
        Assert.Equal(1, Interlocked.Increment(ref _working));
        try
        {
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = cancellationToken.Register(ended.SetResult);
            await ended.Task;
            if (WorkEndsLate)
                await _mayEnd.Task;
        }
        finally
        {
            Interlocked.Decrement(ref _working);
        }
    }
}
