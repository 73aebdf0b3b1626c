using System.Globalization;
using System.Security.Cryptography;

namespace LeaseElection.TestKit;

/// <summary>An etcd and a kube-apiserver of our own on free loopback ports, with all their files in one temporary folder.</summary>
internal sealed class OwnServers : IAsyncDisposable
{
    public const int Users = 8;

    private readonly string _folder;
    private readonly EtcdHistory _history;
    private readonly string _adminToken = NewToken();
    private readonly string[] _userTokens = [.. Enumerable.Range(0, Users).Select(_ => NewToken())];

    private OwnServers(ServerBinaries binaries)
    {
        _folder = Directory.CreateTempSubdirectory("leaseelection-").FullName;
        var ports = LoopbackPorts.Free(3);
        var (etcd, peer) = (LoopbackPorts.Address("http", ports[0]), LoopbackPorts.Address("http", ports[1]));
        Address = LoopbackPorts.Address("https", ports[2]);
        _history = new(etcd);

        Etcd = new(
            "etcd",
            binaries.Etcd,
            [
                $"--data-dir={InFolder("etcd")}",
                $"--listen-client-urls={Origin(etcd)}",
                $"--advertise-client-urls={Origin(etcd)}",
                $"--listen-peer-urls={Origin(peer)}",
                $"--initial-advertise-peer-urls={Origin(peer)}",
                $"--initial-cluster=default={Origin(peer)}",
            ],
            InFolder("etcd.log"),
            cancellationToken => ReadinessProbe.AskAsync(new(etcd, "health"), token: null, certificate: null, cancellationToken));

        ApiServer = new(
            "kube-apiserver",
            binaries.ApiServer,
            [
                $"--etcd-servers={Origin(etcd)}",
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                string.Create(CultureInfo.InvariantCulture, $"--secure-port={ports[2]}"),
                $"--cert-dir={InFolder("certificates")}",
                "--service-account-issuer=https://kubernetes.default.svc",
                $"--service-account-signing-key-file={InFolder("sa.key")}",
                $"--service-account-key-file={InFolder("sa.pub")}",
                $"--token-auth-file={InFolder("tokens.csv")}",
                "--authorization-mode=RBAC",
                "--service-cluster-ip-range=10.0.0.0/24",
                "--endpoint-reconciler-type=none",
                "--disable-admission-plugins=ServiceAccount",
            ],
            InFolder("kube-apiserver.log"),
            cancellationToken => ReadinessProbe.AskAsync(new(Address, "readyz"), _adminToken, Certificate, cancellationToken));
    }

    public ControlledServer Etcd { get; }

    public ControlledServer ApiServer { get; }

    private Uri Address { get; }

    // Made by the API server itself at its first start: its certificate and the authority that signed it.
    private string Certificate => InFolder(Path.Combine("certificates", "apiserver.crt"));

    public static async Task<OwnServers> StartAsync(ServerBinaries binaries, CancellationToken cancellationToken)
    {
        var servers = new OwnServers(binaries);
        try
        {
            await servers.WriteSecretsAsync(cancellationToken);
            await servers.Etcd.StartAsync(cancellationToken);
            await servers.ApiServer.StartAsync(cancellationToken);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public Task<ClusterAccess> AdministratorAsync(CancellationToken cancellationToken) =>
        AccessAsync("admin.kubeconfig", _adminToken, "default", cancellationToken);

    /// <summary>Access of one of the spare users, 1 to <see cref="Users"/>.</summary>
    public Task<ClusterAccess> UserAsync(int number, string @namespace, CancellationToken cancellationToken) => AccessAsync(
        string.Create(CultureInfo.InvariantCulture, $"user-{number}.{@namespace}.kubeconfig"),
        _userTokens[number - 1],
        @namespace,
        cancellationToken);

    /// <summary>Makes the servers forget every version but the newest: etcd by compaction, the API server's cache by a restart.</summary>
    public async Task ForgetHistoryAsync(CancellationToken cancellationToken)
    {
        await _history.CompactAsync(cancellationToken);
        await ApiServer.RestartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _history.Dispose();
        await ApiServer.StopAsync();
        await Etcd.StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string NewToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private string InFolder(string name) => Path.Combine(_folder, name);

    private async Task WriteSecretsAsync(CancellationToken cancellationToken)
    {
        using var key = RSA.Create(2048);
        await File.WriteAllTextAsync(InFolder("sa.key"), key.ExportRSAPrivateKeyPem(), cancellationToken);
        await File.WriteAllTextAsync(InFolder("sa.pub"), key.ExportSubjectPublicKeyInfoPem(), cancellationToken);

        var users = _userTokens.Select((token, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{token},user-{i + 1},user-{i + 1}"));
        await File.WriteAllLinesAsync(
            InFolder("tokens.csv"), [$"{_adminToken},admin,admin,\"system:masters\"", .. users], cancellationToken);
    }

    private async Task<ClusterAccess> AccessAsync(string name, string token, string @namespace, CancellationToken cancellationToken)
    {
        var authorities = await File.ReadAllTextAsync(Certificate, cancellationToken);
        await Kubeconfig.WriteAsync(InFolder(name), Address, token, authorities, @namespace, cancellationToken);
        return new(InFolder(name));
    }
}
