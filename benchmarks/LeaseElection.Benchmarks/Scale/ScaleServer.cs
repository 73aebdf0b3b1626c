using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Measuring.Servers;
using LeaseElection.Testing;

namespace LeaseElection.Benchmarks.Scale;

/// <summary>
/// The API server that the elections are on: the real one, or the embedded one in this process for more than that one can bear.
/// </summary>
internal sealed class ScaleServer : IAsyncDisposable
{
    public const string Real = "kube-apiserver";
    public const string Embedded = "LeaseApiServer";

    private readonly Func<CancellationToken, Task<long>> _countAsync;
    private readonly IAsyncDisposable _stage;
    private readonly int _processId;

    private ScaleServer(
        string name, string kubeconfig, string @namespace, Uri address, int processId, Func<CancellationToken, Task<long>> countAsync,
        IAsyncDisposable stage)
    {
        (Name, Kubeconfig, Namespace, Port) = (name, kubeconfig, @namespace, address.Port);
        (_processId, _countAsync, _stage) = (processId, countAsync, stage);
    }

    public string Name { get; }

    public string Kubeconfig { get; }

    public string Namespace { get; }

    public int Port { get; }

    public TimeSpan Processor => ProcessCost.ProcessorOf(_processId);

    public static async Task<ScaleServer> OnRealAsync(ControlPlane plane, CancellationToken cancellationToken)
    {
        var stage = await Stage.SetAsync(plane, cancellationToken);
        var address = new Uri(stage.Direct.Configuration().Host);
        return new(Real, stage.Direct.KubeconfigPath, stage.Namespace, address, plane.ApiServer.ProcessId!.Value, CountAsync, stage);

        async Task<long> CountAsync(CancellationToken token)
        {
            using var administrator = new RawConnection(plane.Administrator, "default");
            return (await ServerCounters.BeforeAsync(plane, administrator, token)).Requests.Values.Sum();
        }
    }

    public static async Task<ScaleServer> OnEmbeddedAsync(CancellationToken cancellationToken)
    {
        var server = await LeaseApiServer.StartAsync(new() { HistoryLength = 10_000 }, cancellationToken);
        var kubeconfig = Path.GetTempFileName();
        await server.WriteKubeconfigAsync(
            kubeconfig, server.AddUser("scale", "get", "list", "watch", "create", "update"), cancellationToken: cancellationToken);
        // Writes only: each is a version. That is all that our elections send there.
        return new(
            Embedded, kubeconfig, "default", server.Address, Environment.ProcessId, _ => Task.FromResult(server.ResourceVersion), server);
    }

    /// <summary>How many requests it answered so far.</summary>
    public Task<long> RequestsAsync(CancellationToken cancellationToken) => _countAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        if (Name == Embedded)
            File.Delete(Kubeconfig);
    }
}
