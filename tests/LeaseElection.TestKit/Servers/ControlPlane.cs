using System.Security.Cryptography;
using k8s;

namespace LeaseElection.TestKit;

/// <summary>
/// A real API server. First that applies: the cluster of LEASEELECTION_TEST_KUBECONFIG; an etcd and a kube-apiserver that we start
/// from KUBEBUILDER_ASSETS or from the cache of eng/control-plane.sh.
/// </summary>
public sealed class ControlPlane : IAsyncDisposable
{
    public const string ExternalClusterVariable = "LEASEELECTION_TEST_KUBECONFIG";

    private readonly OwnServers? _own;
    private readonly DirectoryInfo? _folder;
    private readonly List<string> _namespaces = [];
    private readonly Lock _lock = new();

    private ControlPlane(ClusterAccess administrator, OwnServers? own)
    {
        Administrator = administrator;
        Client = administrator.CreateClient();
        _own = own;
        _folder = own is null ? Directory.CreateTempSubdirectory("leaseelection-") : null;
    }

    /// <summary>Gets a value indicating whether there are binaries to start servers of our own from.</summary>
    public static bool IsAtHand => ServerBinaries.Find() is not null;

    public ClusterAccess Administrator { get; }

    /// <summary>Gets a client with the administrator's rights, for everybody's use.</summary>
    public Kubernetes Client { get; }

    /// <summary>Gets a value indicating whether the servers are ours, so that a test may stop and freeze them.</summary>
    public bool IsOwn => _own is not null;

    public ControlledServer ApiServer => Own.ApiServer;

    public ControlledServer Etcd => Own.Etcd;

    private OwnServers Own => _own ?? throw new InvalidOperationException($"The cluster of {ExternalClusterVariable} is not ours to stop");

    /// <summary>Starts one, or connects to the given one.</summary>
    /// <returns>Null where there is none: eng/control-plane.sh gets one.</returns>
    public static async Task<ControlPlane?> StartAsync(CancellationToken cancellationToken = default)
    {
        if (Environment.GetEnvironmentVariable(ExternalClusterVariable) is { Length: > 0 } kubeconfig)
            return new(new(kubeconfig), own: null);
        return await StartOwnAsync(cancellationToken);
    }

    /// <summary>Starts one, whatever cluster is given: for who has to stop its servers.</summary>
    /// <returns>Null where there is none: eng/control-plane.sh gets one.</returns>
    public static async Task<ControlPlane?> StartOwnAsync(CancellationToken cancellationToken = default)
    {
        if (ServerBinaries.Find() is not { } binaries)
            return null;

        var own = await OwnServers.StartAsync(binaries, cancellationToken);
        return new(await own.AdministratorAsync(cancellationToken), own);
    }

    /// <summary>Creates a namespace with a random name and returns the name.</summary>
    public async Task<string> CreateNamespaceAsync(CancellationToken cancellationToken = default)
    {
        var name = "ns-" + RandomNumberGenerator.GetHexString(10, lowercase: true);
        await CreateNamespaceAsync(name, cancellationToken);
        return name;
    }

    public async Task CreateNamespaceAsync(string name, CancellationToken cancellationToken = default)
    {
        await Client.CoreV1.CreateNamespaceAsync(new() { Metadata = new() { Name = name } }, cancellationToken: cancellationToken);
        lock (_lock)
            _namespaces.Add(name);
    }

    /// <summary>
    /// Lets a user (1 to 8) do exactly <paramref name="verbs"/> on Leases in the namespace, and nothing else; again with other verbs
    /// changes it, without any takes all away. Returns once the API server goes by it.
    /// </summary>
    public async Task<ClusterAccess> GrantAsync(
        string @namespace, int user, IReadOnlyCollection<string> verbs, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(user, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(user, OwnServers.Users);

        var account = _own is null
            ? TestAccount.OfServiceAccount(@namespace, user)
            : TestAccount.OfUser(user);
        await LeaseGrant.ApplyAsync(Client, @namespace, account, verbs, cancellationToken);
        return _own is null
            ? await ServiceAccounts.AccessAsync(Client, Administrator, @namespace, account.Name, _folder!.FullName, cancellationToken)
            : await _own.UserAsync(user, @namespace, cancellationToken);
    }

    /// <summary>
    /// Access as a service account of the namespace, with whatever its Roles allow; the account is made where it is not there.
    /// </summary>
    /// <param name="namespace">The account's namespace.</param>
    /// <param name="account">Its name.</param>
    /// <param name="folder">Where to put the kubeconfig.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ClusterAccess> ActAsAsync(
        string @namespace, string account, string folder, CancellationToken cancellationToken = default) =>
        ServiceAccounts.AccessAsync(Client, Administrator, @namespace, account, folder, cancellationToken);

    /// <summary>Makes the servers forget every version but the newest; the API server restarts on its way. Only for our own.</summary>
    public Task ForgetHistoryAsync(CancellationToken cancellationToken = default) => Own.ForgetHistoryAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        // Ours go with their etcd; in somebody else's cluster we clean up.
        if (_own is null)
        {
            foreach (var name in _namespaces)
                await Client.CoreV1.DeleteNamespaceAsync(name);
        }
        Client.Dispose();
        _folder?.Delete(recursive: true);
        if (_own is not null)
            await _own.DisposeAsync();
    }
}
