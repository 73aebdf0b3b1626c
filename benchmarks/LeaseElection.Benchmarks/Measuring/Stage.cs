using System.Globalization;

namespace LeaseElection.Benchmarks.Measuring;

/// <summary>
/// A namespace of its own, an account with the rights of a replica, and a proxy that counts what passes. Nothing is left behind.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-benchmarks-");
    private readonly List<SilenceableProxy> _proxies = [];
    private readonly ClusterAccess _direct;

    private Stage(string @namespace, ClusterAccess direct) => (Namespace, _direct) = (@namespace, direct);

    public string Namespace { get; }

    /// <summary>Gets the way to the API server that nothing stands in.</summary>
    public ClusterAccess Direct => _direct;

    public static async Task<Stage> SetAsync(ControlPlane plane, CancellationToken cancellationToken)
    {
        var name = await plane.CreateNamespaceAsync(cancellationToken);
        return new(name, await plane.GrantAsync(name, user: 1, ["get", "watch", "create", "update"], cancellationToken));
    }

    /// <summary>A way to the API server through a proxy of its own.</summary>
    public async Task<(ClusterAccess Access, SilenceableProxy Proxy)> ThroughProxyAsync(CancellationToken cancellationToken)
    {
        var configuration = _direct.Configuration();
        var proxy = new SilenceableProxy(new(configuration.Host));
        _proxies.Add(proxy);
        configuration.Host = proxy.Address.ToString();
        var path = Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"proxy-{_proxies.Count}.kubeconfig"));
        await Kubeconfig.WriteAsync(path, configuration, Namespace, cancellationToken);
        return (new(path), proxy);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var proxy in _proxies)
            await proxy.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
