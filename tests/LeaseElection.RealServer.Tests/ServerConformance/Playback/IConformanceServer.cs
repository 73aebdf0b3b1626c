namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>A server on which cases are played.</summary>
internal interface IConformanceServer
{
    /// <summary>A client of one of <see cref="Users"/>; the server keeps it.</summary>
    Task<HttpClient> ClientAsync(string user, CancellationToken cancellationToken);

    Task GrantAsync(string @namespace, string user, IReadOnlyList<string> verbs, CancellationToken cancellationToken);
}
