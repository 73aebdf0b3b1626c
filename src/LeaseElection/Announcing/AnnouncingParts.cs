using LeaseElection.Store.Sharing;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Announcing;

/// <summary>What an announcer works with.</summary>
/// <param name="Join">Joins the connection that the elections share.</param>
/// <param name="Namespace">The Lease's namespace.</param>
/// <param name="LeaseName">The Lease's name.</param>
/// <param name="Identity">This candidate's.</param>
/// <param name="RequestTimeout">How long one request may take.</param>
/// <param name="Time">The clock of delays and timeouts.</param>
/// <param name="Logger">Where refusals are logged.</param>
internal sealed record AnnouncingParts(
    Func<ConnectionShare> Join,
    string Namespace,
    string LeaseName,
    string Identity,
    TimeSpan RequestTimeout,
    TimeProvider Time,
    ILogger Logger)
{
    /// <summary>Gets how long the end of a run waits for the last announcements.</summary>
    public static TimeSpan Farewell { get; } = TimeSpan.FromSeconds(1);

    public string Lease => $"{Namespace}/{LeaseName}";

    /// <summary>Where a resource of the core group is found.</summary>
    public static Uri Core(Uri server, string ns, string path) => new(server, $"api/v1/namespaces/{Uri.EscapeDataString(ns)}/{path}");
}
