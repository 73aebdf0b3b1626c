namespace LeaseElection;

/// <summary>
/// One election, seen from this replica: who leads, and whether that is us. A singleton; registered under the election's name as
/// key, and without a key where a host has just one.
/// </summary>
/// <remarks>All members may be used from any thread, at any time, and none of them asks the API server.</remarks>
public interface ILeaderElection
{
    /// <summary>Gets the election's name, as given to <c>AddLeaderElection</c>; the Lease's name where there is no host.</summary>
    string Name { get; }

    /// <summary>
    /// Gets this candidate's identity, as it stands in the Lease while it is the holder. Fresh for every elector instance.
    /// </summary>
    string Identity { get; }

    /// <summary>
    /// Gets a value indicating whether this replica leads right now. Compares the clock at every read, so it is false from the term's
    /// deadline on even where no timer fired and no thread could run (docs/safety.md, S2).
    /// </summary>
    /// <remarks>
    /// Not promised: that it is still true when the next line of code runs. What must not happen twice belongs inside the work, with
    /// <see cref="LeadershipTerm.EndedToken"/>, and is fenced with <see cref="LeadershipTerm.FencingToken"/>.
    /// </remarks>
    bool IsLeader { get; }

    /// <summary>Gets the current term; null while this replica does not lead.</summary>
    LeadershipTerm? Term { get; }

    /// <summary>Gets the identity of the leader, as last observed; null when no leader is known.</summary>
    string? LeaderIdentity { get; }

    /// <summary>Waits until this replica leads.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The term that has begun, or goes on. It may be over by the time the caller looks.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the elector was disposed.</exception>
    Task<LeadershipTerm> WaitForLeadershipAsync(CancellationToken cancellationToken = default);

    /// <summary>Reports who leads: the latest state first, then every change, in order and none left out.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The changes. The enumeration ends when the elector is disposed.</returns>
    IAsyncEnumerable<LeadershipChange> WatchAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Asks to give up leadership, and returns: the term ends, its work is drained while we still renew, then the Lease is released. We
    /// campaign again once another holder was seen, or after <see cref="LeaderElectionOptions.RetryPeriod"/>. Does nothing while
    /// another replica leads. Safe from inside the work.
    /// </summary>
    void StepDown();

    /// <summary>
    /// The same as <see cref="StepDown"/>, and waits until it is done: the work has ended, and this replica no longer holds the Lease.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting; what was asked for goes on.</param>
    /// <returns>A task that ends then; at once where this replica does not lead.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>Do not await it inside the work, which would wait for its own end: there, call <see cref="StepDown"/>.</remarks>
    Task StepDownAsync(CancellationToken cancellationToken = default);

    /// <summary>Gets a value indicating whether this replica was asked to pause, and not yet to resume.</summary>
    bool IsPaused { get; }

    /// <summary>
    /// Asks this replica to leave the election for a while, for maintenance, and returns: a term ends, with
    /// <see cref="TermEndReason.Paused"/>, its work is drained while we still renew, and the Lease is released; then we go on watching, but
    /// do not campaign before <see cref="Resume"/>. Does nothing while it is paused. Safe from inside the work.
    /// </summary>
    /// <remarks>
    /// This affects only this replica and this process: other replicas go on, and after a restart this replica campaigns again. A pause
    /// before the start of the host counts too: the replica begins paused.
    /// </remarks>
    void Pause();

    /// <summary>
    /// The same as <see cref="Pause"/>, and waits until it is done: the work has ended, and this replica no longer holds the Lease.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting; the replica is paused all the same.</param>
    /// <returns>A task that ends then; at once where this replica does not lead.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <remarks>Do not await it inside the work, which would wait for its own end: there, call <see cref="Pause"/>.</remarks>
    Task PauseAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks to campaign again after <see cref="Pause"/>, and returns. Does nothing where it is not paused.</summary>
#pragma warning disable CA1716 // A keyword of Visual Basic, which can still call it; no other word says it as well.
    void Resume();
#pragma warning restore CA1716
}
