using LeaseElection.Examples.Tests.FencedWriter.Postgres;

namespace LeaseElection.Examples.Tests.FencedWriter.Processes;

/// <summary>
/// Two replicas. The leader is stopped (SIGSTOP) after its check that it leads and before its INSERT reaches the database: a proxy between
/// the two holds that back. The other replica takes over and writes; then the INSERT arrives, while its sender still stands.
/// </summary>
internal sealed class LateWrite : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly SilenceableProxy _proxy;
    private readonly Dictionary<string, string> _environment;
    private readonly List<WorkerProcess> _writers = [];

    private LateWrite(TestDatabase database, Dictionary<string, string> environment)
    {
        _database = database;
        _environment = environment;
        _proxy = new(database.Server.Address);
    }

    public WorkerProcess Old => _writers[0];

    public long OldToken { get; private set; }

    public WorkerProcess Successor => _writers[1];

    public long SuccessorToken { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="plane">Where the Lease is.</param>
    /// <param name="database">Where the journal is.</param>
    /// <param name="beforehand">What is changed in the database once both replicas run.</param>
    public static async Task<LateWrite> PlayAsync(ControlPlane plane, TestDatabase database, string? beforehand = null)
    {
        var play = new LateWrite(database, await EnvironmentAsync(plane));
        try
        {
            await play.LeadAndFollowAsync();
            if (beforehand is not null)
                await database.ExecuteAsync(beforehand);
            await play.FreezeInTheMiddleOfAWriteAsync();
            play.SuccessorToken = await WriterProgram.FirstTokenAsync(play.Successor);
            play._proxy.Release(ProxyDirection.ToServer);
            return play;
        }
        catch
        {
            await play.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers)
            await writer.DisposeAsync();
        await _proxy.DisposeAsync();
    }

    private static async Task<Dictionary<string, string>> EnvironmentAsync(ControlPlane plane)
    {
        var @namespace = await plane.CreateNamespaceAsync(Cancellation);
        var access = await plane.GrantAsync(@namespace, user: 5, ["get", "watch", "create", "update"], Cancellation);
        return new()
        {
            ["KUBECONFIG"] = access.KubeconfigPath,
            ["LeaderElection__Namespace"] = @namespace,
            ["LeaderElection__LeaseDuration"] = "00:00:05",
            ["LeaderElection__RenewDeadline"] = "00:00:03", // Leaves the work a second to stop after a loss, on a busy machine too.
        };
    }

    private async Task LeadAndFollowAsync()
    {
        await StartAsync("old", _database.Through(_proxy));
        OldToken = await WriterProgram.FirstTokenAsync(Old);
        await StartAsync("successor", _database.ConnectionString);
        await Successor.FirstOutputAsync("Standing by: old_", WriterProgram.Patience, Cancellation);
    }

    private async Task StartAsync(string name, string connectionString)
    {
        Dictionary<string, string> environment = new(_environment) { ["ConnectionStrings__Journal"] = connectionString };
        _writers.Add(await WriterProgram.StartAsync(name, environment, "--every", "50"));
    }

    // All that the leader sends is one INSERT after the other. What it sends from here on is held back; wait until there is something.
    private async Task FreezeInTheMiddleOfAWriteAsync()
    {
        _proxy.Hold(ProxyDirection.ToServer);
        var before = _proxy.Bytes(ProxyDirection.ToServer);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(WriterProgram.Patience);
        while (_proxy.Bytes(ProxyDirection.ToServer) == before)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        Old.Freeze();
    }
}
