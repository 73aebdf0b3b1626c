using Microsoft.Extensions.Logging;

namespace LeaseElection.Composition;

/// <summary>Which Lease an elector needs, and what the Lease's keeper works with.</summary>
/// <param name="Name">The Lease's name.</param>
/// <param name="Options">The election's options, valid.</param>
/// <param name="Identity">This candidate's identity.</param>
/// <param name="RequestTimeout">How long one request may take.</param>
/// <param name="Time">The clocks.</param>
/// <param name="Logger">The election's logger.</param>
internal sealed record LeaseRequest(
    string Name, LeaderElectionOptions Options, string Identity, TimeSpan RequestTimeout, TimeProvider Time, ILogger Logger)
{
    /// <summary>Gets the application's name, which the Lease tells others; null: unknown.</summary>
    public string? Application { get; init; }
}
