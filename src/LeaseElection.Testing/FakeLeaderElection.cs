using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Terms;
using LeaseElection.Settings;
using LeaseElection.Standalone;
using LeaseElection.Testing.Fakes;

namespace LeaseElection.Testing;

/// <summary>
/// An election for unit tests, in which the test says who leads: <see cref="Grant()"/>, <see cref="Revoke"/>, <see cref="HandTo"/>. Terms,
/// tokens and changes are the library's own, and what is asked of it answers as a <see cref="LeaderElector"/> would.
/// </summary>
/// <remarks>
/// All members may be used from any thread. What the test does has taken effect when the call returns: the term has ended, its token is
/// cancelled, the change is there for <see cref="WatchAsync"/>. The token's callbacks and the watchers run on the thread pool, as ever.
/// It runs no work: for that, see <c>UseStandalone</c> and <see cref="LeaseApiServer"/>.
/// </remarks>
public sealed class FakeLeaderElection : ILeaderElection, IDisposable
{
    // What remains of a term that is renewed all the time: the default RenewDeadline.
    private static readonly TimeSpan RenewedAllTheTime = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly LeadershipState _board = new();
    private HeldTerm? _lastTerm;
    private TermExpiry? _expiry;
    private int _stepDowns;
    private bool _isPaused;
    private bool _disposed;

    /// <summary>Makes an election in which nobody leads yet.</summary>
    /// <param name="name">The election's name. Default: <c>fake</c>.</param>
    /// <param name="identity">This candidate's identity; null: one that no other instance has.</param>
    /// <exception cref="ArgumentException">The name is empty or white space, or the identity empty.</exception>
    public FakeLeaderElection(string name = "fake", string? identity = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (identity is not null)
            ArgumentException.ThrowIfNullOrEmpty(identity);
        Name = name;
        Identity = identity ?? ElectionIdentity.Create(Environment.GetEnvironmentVariable);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public bool IsLeader => _board.Term is not null;

    /// <inheritdoc/>
    public LeadershipTerm? Term => _board.Term;

    /// <inheritdoc/>
    public string? LeaderIdentity => _board.LeaderIdentity;

    /// <summary>Gets how often <see cref="StepDown"/> was called, also when there was no term to end.</summary>
    public int StepDowns => Volatile.Read(ref _stepDowns);

    /// <summary>
    /// Makes this replica lead, until <see cref="Revoke"/>, <see cref="HandTo"/>, <see cref="StepDown"/> or <see cref="Dispose"/>.
    /// </summary>
    /// <returns>
    /// The term. Its fencing token is larger than that of every earlier term of any fake in this process (and of earlier runs, as long as
    /// the wall clock is not set back); <see cref="LeadershipTerm.Remaining"/> stays at 10 s.
    /// </returns>
    /// <exception cref="InvalidOperationException">This replica leads already, or is paused.</exception>
    /// <exception cref="ObjectDisposedException">The election was disposed.</exception>
    public LeadershipTerm Grant() => Begin(StandingTime.Instance, RenewedAllTheTime, expires: false);

    /// <summary>Makes this replica lead for this long at most: then the term ends by itself, as one does that cannot be renewed.</summary>
    /// <param name="validity">How long. Above 0 and less than 1 day.</param>
    /// <param name="timeProvider">The clocks: those of the system, or a fake to advance past the end.</param>
    /// <returns>The term. It ends with <see cref="TermEndReason.DeadlinePassed"/>, unless something else ends it before.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The validity is out of its range.</exception>
    /// <exception cref="InvalidOperationException">This replica leads already, or is paused.</exception>
    /// <exception cref="ObjectDisposedException">The election was disposed.</exception>
    public LeadershipTerm Grant(TimeSpan validity, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(validity, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(validity, TimeSpan.FromDays(1));
        return Begin(timeProvider, validity, expires: true);
    }

    /// <summary>Has nobody lead: ends our term if one goes on, else the leadership of the other replica.</summary>
    /// <param name="reason">
    /// Why our term ends. Default: <see cref="TermEndReason.DeadlinePassed"/>, a loss. <see cref="TermEndReason.Superseded"/> is
    /// <see cref="HandTo"/> a replica named <c>another-replica</c>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such reason.</exception>
    /// <exception cref="ObjectDisposedException">The election was disposed.</exception>
    public void Revoke(TermEndReason reason = TermEndReason.DeadlinePassed)
    {
        if (!Enum.IsDefined(reason))
            throw new ArgumentOutOfRangeException(nameof(reason), reason, "There is no such reason.");
        End(reason, leader: reason == TermEndReason.Superseded ? "another-replica" : null);
    }

    /// <summary>Has another replica lead. Our term, if one goes on, ends with <see cref="TermEndReason.Superseded"/>.</summary>
    /// <param name="leader">The other one's identity.</param>
    /// <exception cref="ArgumentException">The identity is empty, or our own (which is <see cref="Grant()"/>).</exception>
    /// <exception cref="ObjectDisposedException">The election was disposed.</exception>
    public void HandTo(string leader)
    {
        ArgumentException.ThrowIfNullOrEmpty(leader);
        if (leader == Identity)
            throw new ArgumentException($"'{leader}' is this candidate's own identity; to make it lead, call Grant.", nameof(leader));
        End(TermEndReason.Superseded, leader);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Here the term ends at once, with <see cref="TermEndReason.SteppedDown"/>, and nobody leads until the test says so. Does nothing
    /// while this replica does not lead. Counted in <see cref="StepDowns"/>.
    /// </remarks>
    public void StepDown()
    {
        Interlocked.Increment(ref _stepDowns);
        lock (_gate)
        {
            if (_board.Term is not null)
                Publish(TermEndReason.SteppedDown, leader: null);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Here it has happened when the call returns.</remarks>
    public Task StepDownAsync(CancellationToken cancellationToken = default)
    {
        StepDown();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public bool IsPaused => Volatile.Read(ref _isPaused);

    /// <inheritdoc/>
    /// <remarks>
    /// Here the term ends at once, with <see cref="TermEndReason.Paused"/>, and none can be granted before <see cref="Resume"/>.
    /// </remarks>
    public void Pause()
    {
        lock (_gate)
        {
            if (_isPaused)
                return;
            Volatile.Write(ref _isPaused, true);
            if (_board.Term is not null)
                Publish(TermEndReason.Paused, leader: null);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Here it has happened when the call returns.</remarks>
    public Task PauseAsync(CancellationToken cancellationToken = default)
    {
        Pause();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>Here nobody leads until the test says so.</remarks>
    public void Resume() => Volatile.Write(ref _isPaused, false);

    /// <inheritdoc/>
    public Task<LeadershipTerm> WaitForLeadershipAsync(CancellationToken cancellationToken = default) =>
        _board.WaitForTermAsync(Name, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LeadershipChange> WatchAsync(CancellationToken cancellationToken = default) =>
        _board.WatchAsync(cancellationToken);

    /// <summary>
    /// Ends the election as disposing of an elector does: a term ends with <see cref="TermEndReason.Stopped"/>, and so do the enumerations
    /// and waits.
    /// </summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            if (_board.Term is not null)
                Publish(TermEndReason.Stopped, leader: null);
            _board.Close();
        }
    }

    private HeldTerm Begin(TimeProvider time, TimeSpan validity, bool expires)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_board.Term is not null)
                throw new InvalidOperationException($"'{Identity}' leads already. Call Revoke, HandTo or StepDown first.");
            if (_isPaused)
                throw new InvalidOperationException($"'{Identity}' is paused, and a paused replica never leads. Call Resume first.");
            // The last term passed its deadline a moment ago, and the reader that saw it has not said so yet.
            if (_board.Latest.Term is not null)
                Publish(TermEndReason.DeadlinePassed, leader: null);
            var clock = HolderClock.ByTimer(time);
            var validUntil = clock.Read(random: 0).Holder + validity;
            var number = (_lastTerm?.Number ?? 0) + 1;
            var term = new HeldTerm(number, RisingVersions.Next(TimeProvider.System), validUntil, clock, Expired);
            _lastTerm = term;
            _board.Publish(new() { LeaderIdentity = Identity, Term = term });
            if (expires)
                _expiry = new(term, clock, time, validity, () => Expired(term));
            return term;
        }
    }

    private void End(TermEndReason reason, string? leader)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _ = _board.Term; // A deadline that has passed was first, though nobody has seen it yet.
            Publish(reason, leader);
        }
    }

    // The first who saw the deadline pass: a reader, the timer or the ticker. It may come late, after another end was published.
    private void Expired(LeadershipTerm term)
    {
        lock (_gate)
        {
            if (_board.Latest.Term == term)
                Publish(TermEndReason.DeadlinePassed, leader: null);
        }
    }

    // Under the lock. A term that has ended keeps its reason.
    private void Publish(TermEndReason reason, string? leader)
    {
        _lastTerm?.End(reason);
        _expiry?.Dispose();
        _expiry = null;
        var change = new LeadershipChange { LeaderIdentity = leader, EndReason = _lastTerm?.EndReason };
        if (change != _board.Latest)
            _board.Publish(change);
    }
}
