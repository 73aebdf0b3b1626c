namespace LeaseElection;

/// <summary>
/// A candidate in an election, without dependency injection: <c>LeaderElector.Create(configuration, options)</c>, then
/// <see cref="RunAsync"/>. In a host, use <c>AddLeaderElection</c>.
/// </summary>
/// <remarks>All members may be used from any thread. What it guarantees, and what not, is in docs/safety.md.</remarks>
public sealed class LeaderElector : ILeaderElection, IAsyncDisposable, IDisposable
{
    private readonly IElector _elector;

    internal LeaderElector(IElector elector) => _elector = elector;

    /// <inheritdoc/>
    public string Name => _elector.Name;

    /// <inheritdoc/>
    public string Identity => _elector.Identity;

    /// <inheritdoc/>
    public bool IsLeader => _elector.IsLeader;

    /// <inheritdoc/>
    public LeadershipTerm? Term => _elector.Term;

    /// <inheritdoc/>
    public string? LeaderIdentity => _elector.LeaderIdentity;

    /// <inheritdoc/>
    public bool IsPaused => _elector.IsPaused;

    /// <summary>
    /// Campaigns until stopped, and runs the work while this candidate leads: once per term, never beside the work of an earlier term.
    /// </summary>
    /// <param name="work">
    /// The work. It gets its term and a token, and must end soon after that is cancelled. Runs on the thread pool, without the caller's
    /// execution context (no <c>Activity</c>, no <c>AsyncLocal</c> flows into it). When it returns by itself we resign and this method
    /// returns; see <see cref="LeaderElectionOptions.WhenWorkCompletes"/>. When it throws, see
    /// <see cref="LeaderElectionOptions.WhenWorkFails"/>.
    /// </param>
    /// <param name="cancellationToken">
    /// Stops gracefully: the term ends, the work is drained while we still renew, the Lease is released.
    /// </param>
    /// <returns>
    /// A task that ends, without an exception, after such a stop, or when the work has completed. It does not wait for work that outlives
    /// DrainTimeout; the Lease is then renewed in the background for as long as the work runs.
    /// </returns>
    /// <exception cref="InvalidOperationException">It runs already: one run at a time.</exception>
    /// <exception cref="ObjectDisposedException">The elector was disposed.</exception>
    /// <exception cref="TimeoutException">The work overran, under <see cref="WorkOverrunPolicy.StopHost"/>.</exception>
    /// <exception cref="Exception">Whatever the work threw, under <see cref="WorkFailurePolicy.StopHost"/>.</exception>
    public Task RunAsync(Func<LeadershipTerm, CancellationToken, Task> work, CancellationToken cancellationToken = default) =>
        _elector.RunAsync(work, cancellationToken);

    /// <inheritdoc/>
    public Task<LeadershipTerm> WaitForLeadershipAsync(CancellationToken cancellationToken = default) =>
        _elector.WaitForLeadershipAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LeadershipChange> WatchAsync(CancellationToken cancellationToken = default) =>
        _elector.WatchAsync(cancellationToken);

    /// <inheritdoc/>
    public void StepDown() => _elector.StepDown();

    /// <inheritdoc/>
    public Task StepDownAsync(CancellationToken cancellationToken = default) => _elector.StepDownAsync(cancellationToken);

    /// <inheritdoc/>
    public void Pause() => _elector.Pause();

    /// <inheritdoc/>
    public Task PauseAsync(CancellationToken cancellationToken = default) => _elector.PauseAsync(cancellationToken);

    /// <inheritdoc/>
    public void Resume() => _elector.Resume();

    /// <summary>Stops gracefully, as cancelling <see cref="RunAsync"/> does, and waits until that is done.</summary>
    /// <returns>A task that ends when nothing is held any more, or when the work has overrun.</returns>
    public ValueTask DisposeAsync() => _elector.DisposeAsync();

    /// <summary>
    /// Stops gracefully, as <see cref="DisposeAsync"/> does, but returns at once: the work ends and the Lease
    /// is released in the background.
    /// </summary>
    public void Dispose() => _elector.Dispose();
}
