using LeaseElection.Chaos.Options;

namespace LeaseElection.Chaos.Workers;

/// <summary>
/// Where a run takes place: an etcd and a kube-apiserver of its own, a namespace, and the workers. None of it is left behind.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly List<Lane> _lanes = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-chaos-");

    private Stage(ControlPlane plane) => Plane = plane;

    public ControlPlane Plane { get; }

    public string Namespace { get; private set; } = "";

    public IReadOnlyList<Lane> Lanes => _lanes;

    /// <summary>Starts the servers, and a worker for every one of <paramref name="electors"/>.</summary>
    /// <exception cref="InvalidOperationException">There are no servers to start; the message says how to get them.</exception>
    public static async Task<Stage> SetAsync(
        IReadOnlyList<Peer> electors, Timings timings, Action<WorkerLine> heard, Action<string> progress,
        CancellationToken cancellationToken)
    {
        progress("starting etcd and kube-apiserver");
        var stage = new Stage(await ControlPlane.StartOwnAsync(cancellationToken)
            ?? throw new InvalidOperationException("No kube-apiserver and etcd here: run eng/control-plane.sh, or set KUBEBUILDER_ASSETS"));
        try
        {
            progress($"starting {electors.Count} workers: {string.Join(", ", electors.Select(PeerNames.Name).Distinct())}");
            await stage.StartAsync(electors, timings, heard, cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
            await lane.DisposeAsync();
        await Plane.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task StartAsync(
        IReadOnlyList<Peer> electors, Timings timings, Action<WorkerLine> heard, CancellationToken cancellationToken)
    {
        Namespace = await Plane.CreateNamespaceAsync(cancellationToken);
        var access = await Plane.GrantAsync(Namespace, user: 1, ["get", "watch", "create", "update"], cancellationToken);
        foreach (var elector in electors)
            _lanes.Add(await Lane.StartAsync(_lanes.Count, new(elector, timings, Namespace), access, _folder.FullName, Namespace, heard));
    }
}
