using LeaseElection.Connection.Http;
using LeaseElection.Store.Http;

namespace LeaseElection.Store.Watch;

/// <summary>What every watch of one store has in common.</summary>
/// <param name="Connection">The way to the API server.</param>
/// <param name="Address">The Lease.</param>
/// <param name="RequestTimeout">After how long a watch without headers counts as failing; the measure of backoffs.</param>
/// <param name="Time">The clock.</param>
/// <param name="Random">Jitter, in [0, 1).</param>
internal sealed record WatchSettings(
    KubernetesConnection Connection, LeaseAddress Address, TimeSpan RequestTimeout, TimeProvider Time, Func<double> Random)
{
    /// <summary>Gets a value indicating whether all Leases of the namespace are watched.</summary>
    public bool All { get; init; }

    /// <summary>Gets what notices that events do not come.</summary>
    public EventLag Lag { get; init; } = new();

    /// <summary>Gets how long a watch's headers are waited for; it counts as failing after RequestTimeout already.</summary>
    public TimeSpan LongestWait => 4 * RequestTimeout;

    /// <summary>How many failures in a row make a watch "failing".</summary>
    public const int FailuresToSay = 3;

    /// <summary>Gets the longest wait between ordinary tries.</summary>
    public TimeSpan LongestDelay => 2.5 * RequestTimeout;

    /// <summary>Gets the wait after a refusal, which lasts until an administrator acts.</summary>
    public TimeSpan RefusedDelay => 10 * RequestTimeout;
}
