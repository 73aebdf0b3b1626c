using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using LeaseElection.Testing;

namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>The embedded server, set up as the real one: with TLS and without rights for anybody unknown.</summary>
internal sealed class EmbeddedApiServer : IConformanceServer, IAsyncDisposable
{
    private readonly LeaseApiServer _server;
    private readonly LeaseApiUser _known;
    private readonly X509Certificate2Collection _authorities = [];
    private readonly ConcurrentDictionary<string, HttpClient> _clients = new();

    private EmbeddedApiServer(LeaseApiServer server)
    {
        _server = server;
        _known = server.AddUser(Users.Known);
        _authorities.ImportFromPem(server.CertificateAuthority);
    }

    public static async Task<EmbeddedApiServer> StartAsync() => new(await LeaseApiServer.StartAsync(new() { RequireToken = true }));

    public void CreateNamespace(string name) => _server.CreateNamespace(name);

    public Task<HttpClient> ClientAsync(string user, CancellationToken cancellationToken) =>
        Task.FromResult(_clients.GetOrAdd(user, _ => HttpClients.Create(_server.Address, TokenOf(user), _authorities)));

    public Task GrantAsync(string @namespace, string user, IReadOnlyList<string> verbs, CancellationToken cancellationToken)
    {
        _known.Namespace = @namespace;
        _known.Verbs = [.. verbs];
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
        await _server.DisposeAsync();
    }

    private string? TokenOf(string user) => user switch
    {
        Users.Administrator => _server.CreateConfiguration().AccessToken,
        Users.Known => _known.Token,
        Users.Unknown => "nobody-knows-this",
        _ => null,
    };
}
