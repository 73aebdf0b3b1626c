using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using k8s;
using LeaseElection.Testing.Api;
using LeaseElection.Testing.Api.Access;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Http;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing;

/// <summary>
/// An API server for Kubernetes Leases, inside this process and on 127.0.0.1 only: speaks <c>coordination.k8s.io/v1</c> as a real
/// kube-apiserver does, keeps everything in memory, and breaks on demand.
/// </summary>
/// <remarks>
/// All members may be used from any thread. The conformance tests compare it, request by request, with kube-apiserver 1.36.
/// </remarks>
public sealed class LeaseApiServer : IAsyncDisposable
{
    // Not small, so that no test mistakes a version for a count; not 0, which means "any" in requests.
    private const long FirstVersion = 100;

    private readonly string _adminToken = NewToken();
    private readonly LeaseApiServerOptions _options;
    private readonly LoopbackPort _port;
    private readonly ServerCertificate? _certificate;
    private readonly AccessControl _access;
    private readonly LeaseStore _store;
    private readonly Namespaces _namespaces;
    private readonly WebServer _web;
    private readonly ITimer _bookmarks;

    [SuppressMessage(
        "Usage", "CA2213", Justification = "Without a timer there is nothing to dispose of, and requests may look at it to the last.")]
    private readonly CancellationTokenSource _gone = new();

    private LeaseApiServer(LeaseApiServerOptions options)
    {
        _options = options;
        _port = LoopbackPort.Take(options.Port);
        _certificate = options.UseTls ? ServerCertificate.Create() : null;
        _access = new(_adminToken, options.RequireToken);
        _store = new(options.HistoryLength, new(
            FirstVersion,
            ImmutableSortedDictionary<LeaseKey, StoredLease>.Empty,
            ImmutableSortedDictionary<string, StoredNamespace>.Empty));
        _namespaces = new(_store, options.TimeProvider);
        foreach (var name in Namespaces.Initial)
            _namespaces.Create(name);
        Requests = new(options.RequestLogLength);
        Faults = new(() => _store.Post(WatchItemKind.Wake));
        Address = new(string.Create(CultureInfo.InvariantCulture, $"{(options.UseTls ? "https" : "http")}://127.0.0.1:{_port.Number}"));
        var api = new LeaseApi(_store, _namespaces, options.TimeProvider, Address.Authority);
        var handler = new RequestHandler(api, _store, _access, Faults, Requests, options.TimeProvider, _gone.Token);
        _web = new(_port, _certificate, handler.HandleAsync);
        _bookmarks = options.TimeProvider.CreateTimer(
            static store => ((LeaseStore)store!).Post(WatchItemKind.Bookmark), _store, options.BookmarkInterval, options.BookmarkInterval);
    }

    /// <summary>Gets where it listens: <c>https://127.0.0.1:port</c>, or <c>http</c>.</summary>
    public Uri Address { get; }

    /// <summary>Gets the certificate, in PEM, of the authority that signed the server's; null for plain HTTP.</summary>
    public string? CertificateAuthority => _certificate?.AuthorityPem;

    /// <summary>Gets a value indicating whether it listens.</summary>
    public bool IsUp => _web.IsUp;

    /// <summary>Gets the newest resourceVersion.</summary>
    public long ResourceVersion => _store.Image.Version;

    /// <summary>Gets how many watches are open.</summary>
    public int OpenWatches => _store.Subscriptions;

    /// <summary>Gets how many TCP connections are open, those gone silent included.</summary>
    public int OpenConnections => _web.Connections.Count;

    /// <summary>Gets the faults at work: none, until you add one.</summary>
    public LeaseApiFaults Faults { get; }

    /// <summary>Gets what the server was asked.</summary>
    public LeaseApiRequestLog Requests { get; }

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it is set up; null: TLS on a free port, and everybody may do everything.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The server, listening. Dispose of it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The port is taken.</exception>
    public static async Task<LeaseApiServer> StartAsync(
        LeaseApiServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Port, ushort.MaxValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.HistoryLength, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RequestLogLength, 1);
        if (options.BookmarkInterval <= TimeSpan.Zero || options.BookmarkInterval > Fault.LongestDelay)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                options.BookmarkInterval,
                $"BookmarkInterval is above 0 and at most {Fault.LongestDelay}, which is what a timer takes. "
                + "For no bookmarks, set it to 49 days.");
        }

        var server = new LeaseApiServer(options);
        try
        {
            await server._web.StartAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Goes down: all connections are reset, and new ones refused. Leases, users, faults and the log are kept. A request that a fault
    /// delays or holds before it takes effect still does so in its time.
    /// </summary>
    /// <returns>A task that ends when nobody listens any more. Down already: nothing happens.</returns>
    public Task TakeDownAsync() => _web.StopAsync();

    /// <summary>Comes up again after <see cref="TakeDownAsync"/>, on the same port.</summary>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>A task that ends when it listens. Up already: nothing happens.</returns>
    /// <exception cref="ObjectDisposedException">The server was disposed.</exception>
    public Task BringUpAsync(CancellationToken cancellationToken = default) => _web.StartAsync(cancellationToken);

    /// <summary>Resets all open TCP connections. New ones work.</summary>
    public void ResetConnections() => _web.Connections.ResetAll();

    /// <summary>
    /// All open TCP connections go silent, as if a firewall dropped their packets: nothing is read or sent any more, and none is closed
    /// until its client gives it up. New ones work.
    /// </summary>
    /// <returns>How many.</returns>
    public int BlackHoleConnections() => _web.Connections.BlackHoleAll();

    /// <summary>Forgets what happened until now: a watch from an older version is answered 410.</summary>
    public void Compact() => _store.Compact();

    /// <summary>Takes a backup, for <see cref="Restore"/>.</summary>
    /// <returns>Leases, namespaces and version as of now.</returns>
    public LeaseApiSnapshot TakeSnapshot() => new(_store.Image);

    /// <summary>Goes back to a backup, as a restored etcd does: the resourceVersion goes back with it, and all watches end.</summary>
    /// <param name="snapshot">The backup, of this server or another one.</param>
    public void Restore(LeaseApiSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        _store.Restore(snapshot.Image);
    }

    /// <summary>
    /// Creates a namespace. There are <c>default</c>, <c>kube-node-lease</c>, <c>kube-public</c> and <c>kube-system</c> from the start.
    /// </summary>
    /// <param name="name">A DNS label of at most 63 characters.</param>
    /// <exception cref="ArgumentException">It exists, or the name is no label.</exception>
    /// <exception cref="ObjectDisposedException">The server was disposed.</exception>
    public void CreateNamespace(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            _namespaces.Create(name);
        }
        catch (ApiException error)
        {
            throw new ArgumentException(error.Message, nameof(name), error);
        }
    }

    /// <summary>Adds somebody with a bearer token who may do some things with Leases; change it later through the returned user.</summary>
    /// <param name="name">The user's name, as refusals and the request log have it; several may share one.</param>
    /// <param name="verbs">
    /// What the user may do: get, list, watch, create, update, patch, delete, deletecollection. The library needs get, watch, create,
    /// update.
    /// </param>
    /// <returns>The user.</returns>
    /// <exception cref="ArgumentException">Not such a verb.</exception>
    public LeaseApiUser AddUser(string name, params IEnumerable<string> verbs)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var user = new LeaseApiUser(name, NewToken(), verbs);
        _access.Add(user);
        return user;
    }

    /// <summary>Makes a client configuration: for <c>LeaderElector</c>, or for dependency injection.</summary>
    /// <param name="user">Who connects; null: the administrator.</param>
    /// <param name="namespace">The configuration's namespace.</param>
    /// <returns>A new configuration at every call: the caller may change it.</returns>
    public KubernetesClientConfiguration CreateConfiguration(LeaseApiUser? user = null, string @namespace = "default") => new()
    {
        // Not by way of a kubeconfig: a process's first one takes half a second, to compile a YAML parser.
        Host = Address.GetLeftPart(UriPartial.Authority),
        SslCaCerts = _certificate?.CreateTrust(),
        AccessToken = user?.Token ?? _adminToken,
        Namespace = @namespace,
    };

    /// <summary>Makes a client.</summary>
    /// <param name="user">Who connects; null: the administrator.</param>
    /// <returns>The client; dispose of it.</returns>
    public IKubernetes CreateClient(LeaseApiUser? user = null) => new Kubernetes(CreateConfiguration(user));

    /// <summary>Writes a kubeconfig file, for kubectl and other programs.</summary>
    /// <param name="path">The file; replaced if there is one. It holds the user's token.</param>
    /// <param name="user">Who connects; null: the administrator.</param>
    /// <param name="namespace">The context's namespace.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>A task that ends when it is written.</returns>
    public Task WriteKubeconfigAsync(
        string path, LeaseApiUser? user = null, string @namespace = "default", CancellationToken cancellationToken = default) =>
        File.WriteAllTextAsync(path, KubeconfigOf(user, @namespace), cancellationToken);

    /// <summary>Goes down for good, with all that faults delay or hold.</summary>
    /// <returns>A task that ends when nobody listens any more. Nothing takes effect after that.</returns>
    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync().ConfigureAwait(false); // Before what is held is let go: it takes no effect any more.
        _store.Close();
        Faults.Clear();
        await _bookmarks.DisposeAsync().ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
        _port.Dispose();
        _certificate?.Dispose();
    }

    private static string NewToken() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private string KubeconfigOf(LeaseApiUser? user, string @namespace) =>
        Kubeconfig.Write(Address, CertificateAuthority, user?.Name ?? AccessControl.Admin, user?.Token ?? _adminToken, @namespace);
}
