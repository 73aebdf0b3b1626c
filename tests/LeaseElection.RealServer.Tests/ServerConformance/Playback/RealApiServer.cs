using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>The real API server of the test run.</summary>
internal sealed class RealApiServer(ControlPlane plane) : IConformanceServer, IDisposable
{
    private static readonly int KnownNumber = int.Parse(Users.Known.AsSpan("user-".Length), CultureInfo.InvariantCulture);

    // Cases run side by side, and two grants of one user in one namespace would be in each other's way.
    private readonly ConcurrentDictionary<string, Lazy<Task<HttpClient>>> _clients = new();

    public Task<HttpClient> ClientAsync(string user, string @namespace, CancellationToken cancellationToken) =>
        _clients.GetOrAdd(user, _ => new(() => ConnectAsync(user))).Value.WaitAsync(cancellationToken);

    public Task GrantAsync(string user, string @namespace, IReadOnlyList<string> verbs, CancellationToken cancellationToken) =>
        plane.GrantAsync(@namespace, KnownNumber, verbs, cancellationToken);

    public Task ForgetHistoryAsync(CancellationToken cancellationToken) => plane.ForgetHistoryAsync(cancellationToken);

    /// <summary>The version of Kubernetes that it is: <c>1.20</c>.</summary>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        var client = await ClientAsync(Users.Administrator, "default", cancellationToken);
        var version = JsonNode.Parse(await client.GetStringAsync(new Uri("/version", UriKind.Relative), cancellationToken))!;
        return $"{version["major"]}.{version["minor"]}";
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values.Where(c => c is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
            client.Value.Result.Dispose();
    }

    private async Task<HttpClient> ConnectAsync(string user)
    {
        var configuration = plane.Administrator.Configuration();
        var token = user switch
        {
            Users.Administrator => configuration.AccessToken,
            Users.Known => (await plane.GrantAsync("default", KnownNumber, [])).Configuration().AccessToken,
            Users.Unknown => "nobody-knows-this",
            _ => null,
        };
        return HttpClients.Create(new(configuration.Host), token, configuration.SslCaCerts);
    }
}
