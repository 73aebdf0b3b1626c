namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>A server on which cases are played.</summary>
internal interface IConformanceServer
{
    /// <summary>A client of one of <see cref="Users"/>, with the rights that it has in the namespace; the server keeps it.</summary>
    Task<HttpClient> ClientAsync(string user, string @namespace, CancellationToken cancellationToken);

    /// <summary>Forgets every version but the newest.</summary>
    Task ForgetHistoryAsync(CancellationToken cancellationToken);

    Task GrantAsync(string user, string @namespace, IReadOnlyList<string> verbs, CancellationToken cancellationToken);
}
