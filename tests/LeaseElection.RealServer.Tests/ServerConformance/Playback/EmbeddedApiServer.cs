using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using LeaseElection.Testing;

namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>The embedded server, set up as the real one: with TLS and without rights for anybody unknown.</summary>
internal sealed class EmbeddedApiServer : IConformanceServer, IAsyncDisposable
{
    private readonly LeaseApiServer _server;
    private readonly ConcurrentDictionary<string, LeaseApiUser> _known = new();
    private readonly X509Certificate2Collection _authorities = [];
    private readonly ConcurrentDictionary<string, HttpClient> _clients = new();

    private EmbeddedApiServer(LeaseApiServer server)
    {
        _server = server;
        _authorities.ImportFromPem(server.CertificateAuthority);
    }

    public static async Task<EmbeddedApiServer> StartAsync() => new(await LeaseApiServer.StartAsync(new() { RequireToken = true }));

    public void CreateNamespace(string name) => _server.CreateNamespace(name);

    public Task<HttpClient> ClientAsync(string user, string @namespace, CancellationToken cancellationToken)
    {
        var token = TokenOf(user, @namespace);
        return Task.FromResult(_clients.GetOrAdd(token ?? "", _ => HttpClients.Create(_server.Address, token, _authorities)));
    }

    public Task GrantAsync(string user, string @namespace, IReadOnlyList<string> verbs, CancellationToken cancellationToken)
    {
        KnownIn(@namespace).Verbs = [.. verbs];
        return Task.CompletedTask;
    }

    public Task ForgetHistoryAsync(CancellationToken cancellationToken)
    {
        _server.Compact();
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        await _server.DisposeAsync();
    }

    // A user here has rights in one namespace: one of the same name for each.
    private LeaseApiUser KnownIn(string @namespace) => _known.GetOrAdd(@namespace, ns =>
    {
        var user = _server.AddUser(Users.Known);
        user.Namespace = ns;
        return user;
    });

    private string? TokenOf(string user, string @namespace) => user switch
    {
        Users.Administrator => _server.CreateConfiguration().AccessToken,
        Users.Known => KnownIn(@namespace).Token,
        Users.Unknown => "nobody-knows-this",
        _ => null,
    };
}
