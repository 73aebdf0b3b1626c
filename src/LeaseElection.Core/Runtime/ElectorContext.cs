using LeaseElection.Diagnostics;
using LeaseElection.Election.Inputs;
using LeaseElection.Leases;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Loop;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Runtime;

/// <summary>What an elector is made of, apart from the work.</summary>
internal sealed record ElectorContext
{
    public required string Name { get; init; }

    /// <summary>Gets the application's name, by which others can tell whose the Lease is; null: unknown.</summary>
    public string? Application { get; init; }

    /// <summary>Gets the settings that a run begins with; see <see cref="ElectionDriver.Use"/>.</summary>
    public required ElectionSettings Settings { get; init; }

    /// <summary>Gets the Lease as people write it: namespace/name.</summary>
    public required string Lease { get; init; }

    public required Func<ILeaseStore> OpenStore { get; init; }

    /// <summary>Gets the line about where the Lease is, logged at the host's start; null: none.</summary>
    public Action? SayWhere { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>Gets the clock that a holder believes in (S7).</summary>
    public required HolderClock Clock { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Gets the source of jitter and of the nonces that tell writes apart. Used by the loop alone.</summary>
    public Random Random { get; init; } = new();

    /// <summary>Gets what counts, measures and traces; null: nothing does.</summary>
    public ElectionMonitor? Monitor { get; init; }

    /// <summary>Gets who tells the cluster of terms besides the Lease.</summary>
    public IReadOnlyList<ITermAnnouncer> Announcers { get; init; } = [];

    /// <summary>Gets what runs the loggers and the host's callbacks; null where nothing foreign is called.</summary>
    public ForeignQueues? Queues { get; init; }

    /// <summary>
    /// Gets how to ask the host to stop; null where there is none. Returns at once: the host's callbacks run elsewhere (S9).
    /// </summary>
    public Action? StopHost { get; init; }

    /// <summary>
    /// Gets whether this run was asked to stop. Read at every input and every tick, because the callback that tells of it waits behind
    /// those that the application registered on the same token (S9).
    /// </summary>
    public Func<bool> StopAsked { get; init; } = static () => false;

    /// <summary>Gets how to end the process; tests put something else here.</summary>
    public Action<string> FailFast { get; init; } = Environment.FailFast;
}
