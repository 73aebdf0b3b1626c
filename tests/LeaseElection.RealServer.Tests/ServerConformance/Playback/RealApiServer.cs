using System.Collections.Concurrent;
using System.Globalization;

namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>The real API server of the test run.</summary>
internal sealed class RealApiServer(ControlPlane plane) : IConformanceServer, IDisposable
{
    private static readonly int KnownNumber = int.Parse(Users.Known.AsSpan("user-".Length), CultureInfo.InvariantCulture);
    private readonly ConcurrentDictionary<string, HttpClient> _clients = new();

    public async Task<HttpClient> ClientAsync(string user, string @namespace, CancellationToken cancellationToken)
    {
        if (_clients.TryGetValue(user, out var client))
            return client;

        var configuration = plane.Administrator.Configuration();
        var token = user switch
        {
            Users.Administrator => configuration.AccessToken,
            Users.Known => (await plane.GrantAsync("default", KnownNumber, [], cancellationToken)).Configuration().AccessToken,
            Users.Unknown => "nobody-knows-this",
            _ => null,
        };
        return _clients.GetOrAdd(user, _ => HttpClients.Create(new(configuration.Host), token, configuration.SslCaCerts));
    }

    public Task GrantAsync(string user, string @namespace, IReadOnlyList<string> verbs, CancellationToken cancellationToken) =>
        plane.GrantAsync(@namespace, KnownNumber, verbs, cancellationToken);

    public Task ForgetHistoryAsync(CancellationToken cancellationToken) => plane.ForgetHistoryAsync(cancellationToken);

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }
}
