using System.Globalization;

namespace LeaseElection.RealServer.Tests.Processes;

/// <summary>The replicas of one election, past and present, in a namespace of their own and with the library's minimal rights.</summary>
public sealed class WorkerGroup : IAsyncDisposable
{
    /// <summary>For what takes milliseconds or a process's start: only a hang is longer, on however busy a machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string LeaseName = "process-tests";

    private readonly ControlPlane _plane;
    private readonly string _namespace;
    private readonly Dictionary<string, string> _environment;
    private readonly List<WorkerProcess> _workers = [];

    private WorkerGroup(ControlPlane plane, string @namespace, string kubeconfig)
    {
        _plane = plane;
        _namespace = @namespace;
        _environment = new()
        {
            ["KUBECONFIG"] = kubeconfig,
            ["LeaderElection__LeaseName"] = LeaseName,
            ["LeaderElection__Namespace"] = @namespace,
        };
    }

    /// <summary>Gets those that run.</summary>
    public IEnumerable<WorkerProcess> Alive => _workers.Where(w => !w.HasExited);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<WorkerGroup> CreateAsync(ControlPlane plane, TimeSpan? leaseDuration = null)
    {
        var @namespace = await plane.CreateNamespaceAsync(Cancellation);
        var access = await plane.GrantAsync(@namespace, user: 4, ["get", "watch", "create", "update"], Cancellation);
        var group = new WorkerGroup(plane, @namespace, access.KubeconfigPath);
        if (leaseDuration is { } duration)
            group._environment["LeaderElection__LeaseDuration"] = duration.ToString("c", CultureInfo.InvariantCulture);
        return group;
    }

    /// <summary>Starts to write down what happens to the Lease.</summary>
    public LeaseLog WatchLease() => new(_plane.Client, _namespace, LeaseName);

    /// <summary>Starts a worker.</summary>
    public async Task<WorkerProcess> StartAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"worker-{_workers.Count + 1}");
        var worker = await WorkerProcess.StartAsync(name, _environment, "--json");
        _workers.Add(worker);
        return worker;
    }

    /// <summary>Starts the first, waits until it works, starts the others, and returns when they know whom to follow.</summary>
    public async Task<(WorkerProcess Leader, WorkerLine FirstWork)> StartAsync(int count)
    {
        var leader = await StartAsync();
        var work = await NextTermAsync(after: 0, leader);
        for (var i = 1; i < count; i++)
            await StartAsync();
        foreach (var standby in _workers.Where(w => w != leader))
            await FollowsAsync(standby);
        return (leader, work.FirstWork);
    }

    /// <summary>Waits until the worker has seen a leader: <paramref name="leader"/>, or anyone.</summary>
    public static Task<WorkerLine> FollowsAsync(WorkerProcess worker, string? leader = null) => worker.FirstAsync(
        $"that it follows {leader ?? "someone"}",
        line => line.Event is WorkerEvent.Leader && (leader is null ? line.Leader is not null : line.Leader == leader),
        Patience,
        Cancellation);

    /// <summary>Waits until the worker works, in the same term, later than now.</summary>
    public static Task<WorkerLine> WorksOnAsync(WorkerProcess worker, WorkerLine term)
    {
        var now = WorkerProcess.NowNs;
        return worker.FirstAsync(
            "that it works on in its term",
            line => line.Event is WorkerEvent.Working && line.FencingToken == term.FencingToken && line.MonotonicNs > now,
            Patience,
            Cancellation);
    }

    /// <summary>The first worker to work with a token larger than <paramref name="after"/>, and that line.</summary>
    public async Task<(WorkerProcess Leader, WorkerLine FirstWork)> NextTermAsync(long after, params WorkerProcess[] among)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var candidates = (among is [] ? _workers.Where(w => !w.HasExited) : among).Select(async worker => (
            Leader: worker,
            FirstWork: await worker.FirstAsync(
                string.Create(CultureInfo.InvariantCulture, $"that it works with a token larger than {after}"),
                line => line.Event is WorkerEvent.Working && line.FencingToken > after,
                Patience,
                enough.Token))).ToList();
        var failed = 0;
        try
        {
            await foreach (var candidate in Task.WhenEach(candidates))
            {
                // One that ends meanwhile does not matter while another may come.
                if (candidate.IsCompletedSuccessfully || ++failed == candidates.Count)
                    return await candidate;
            }
        }
        finally
        {
            await enough.CancelAsync();
            await ((Task)Task.WhenAll(candidates)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        throw new InvalidOperationException("There is no worker");
    }

    /// <summary>When the worker's work of that term had stopped.</summary>
    public static Task<WorkerLine> EndAsync(WorkerProcess worker, long? token) => worker.FirstAsync(
        "that its work has stopped", line => line.Event is WorkerEvent.Ended && line.FencingToken == token, Patience, Cancellation);

    /// <summary>SIGTERM, and a good end.</summary>
    public static async Task StopAsync(WorkerProcess worker)
    {
        worker.Send(ProcessSignal.Terminate);
        await ExitsWellAsync(worker);
    }

    public static async Task ExitsWellAsync(WorkerProcess worker)
    {
        var code = await worker.ExitAsync(Patience, Cancellation);
        Assert.True(code == 0, string.Create(CultureInfo.InvariantCulture, $"exit code {code}: {worker}"));
    }

    /// <summary>Stops all and judges all that was ever said; returns the terms and what was told apart.</summary>
    public async Task<WorkerOracle> StopAndJudgeAsync()
    {
        var alive = _workers.Where(w => !w.HasExited).ToList();
        alive.ForEach(w => w.Send(ProcessSignal.Terminate));
        foreach (var worker in alive)
            await ExitsWellAsync(worker);

        Assert.All(_workers, worker => Assert.Equal(worker.Output.Count, worker.History().Lines.Count)); // JSON lines and nothing else.
        var oracle = WorkerOracle.Judge(_workers.Select(w => w.History()));
        oracle.AssertHolds();
        return oracle;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
            await worker.DisposeAsync();
    }
}
