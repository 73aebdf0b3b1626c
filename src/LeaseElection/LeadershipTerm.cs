using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using LeaseElection.Election;
using LeaseElection.Pump;

namespace LeaseElection;

/// <summary>One uninterrupted leadership of this replica. Once ended, it never begins again: the next one is another term.</summary>
/// <remarks>All members may be used from any thread.</remarks>
[SuppressMessage("Design", "CA1001", Justification = "Users keep the token as long as they like; without timers or wait handles there is nothing to dispose of.")]
public sealed class LeadershipTerm
{
    private readonly HolderClock _clock;
    private readonly Action<LeadershipTerm> _expirySeen;
    private readonly CancellationTokenSource _ended = new();
    private readonly UnlinkedTokens _stops = new();
    private readonly UnlinkedTokens _hurries = new();
    private long _validUntil;

    // 0 while the term goes on, else 1 + the reason. Written once.
    private int _end;

    internal LeadershipTerm(long number, long fencingToken, HolderInstant validUntil, HolderClock clock, Action<LeadershipTerm> expirySeen)
    {
        Number = number;
        FencingToken = fencingToken;
        _validUntil = validUntil.Ticks;
        _clock = clock;
        _expirySeen = expirySeen;
        EndedToken = _ended.Token;
    }

    /// <summary>
    /// Gets the fencing token: strictly larger in every later term of this Lease, on whatever replica, across expiry, release and even
    /// deletion. Hand it to what the work writes to, and have that refuse anything smaller than the largest token it has seen: this is
    /// what protects against a process that was paused between its check and its write.
    /// </summary>
    /// <remarks>
    /// It is the <c>resourceVersion</c> of the write that acquired the term; Kubernetes promises that these compare as integers
    /// (KEP-5504). The one thing that breaks it is an etcd restored from an older backup.
    /// </remarks>
    public long FencingToken { get; }

    /// <summary>Gets a token that is cancelled when the term ends, for whatever reason. Its callbacks run on the thread pool.</summary>
    public CancellationToken EndedToken { get; }

    /// <summary>
    /// Gets a value indicating whether the term goes on. Compares the clock at every read: right even where a timer fires late. The first
    /// read that sees the deadline passed ends the term.
    /// </summary>
    public bool IsActive
    {
        get
        {
            if (Volatile.Read(ref _end) != 0)
                return false;
            if (_clock.Peek() < ValidUntil)
                return true;
            if (End(TermEndReason.DeadlinePassed))
                _expirySeen(this);
            return false;
        }
    }

    /// <summary>Gets how long the term is sure to go on without another renewal; zero when it has ended.</summary>
    public TimeSpan Remaining
    {
        get
        {
            var left = ValidUntil - _clock.Peek();
            return IsActive && left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Gets why the term ended; null while it goes on.</summary>
    public TermEndReason? EndReason => IsActive ? null : (TermEndReason)(Volatile.Read(ref _end) - 1);

    internal long Number { get; }

    /// <summary>Gets for how long the deadline has been passed without anybody ending the term: a look that does not end it.</summary>
    internal TimeSpan PastDeadline
    {
        get
        {
            var past = _clock.Peek() - ValidUntil;
            return Volatile.Read(ref _end) == 0 && past > TimeSpan.Zero ? past : TimeSpan.Zero;
        }
    }

    internal HolderInstant ValidUntil => new(Volatile.Read(ref _validUntil));

    /// <summary>Throws when the term has ended: for use between the steps of work that is not cancellable otherwise.</summary>
    /// <exception cref="OperationCanceledException">The term has ended; the exception carries <see cref="EndedToken"/>.</exception>
    public void ThrowIfEnded()
    {
        if (!IsActive)
        {
            throw new OperationCanceledException(
                string.Create(CultureInfo.InvariantCulture, $"The leadership term with fencing token {FencingToken} has ended: {EndReason}."),
                EndedToken);
        }
    }

    /// <summary>
    /// Makes a token for one part of the work, which is told with it to stop, in the moment in which <see cref="EndedToken"/> is cancelled. It is no
    /// other part's, and not the term's: a callback that blocks on one of them keeps nobody else from being told (S9).
    /// </summary>
    internal CancellationToken CreateStopToken() => _stops.Create();

    /// <summary>Makes a token for one part of the work, which is told with it that its time to stop is over.</summary>
    internal CancellationToken CreateHurryToken() => _hurries.Create();

    /// <summary>A longer validity, from a renewal. Revives nothing: an ended term stays ended.</summary>
    internal void Extend(HolderInstant validUntil) => Volatile.Write(ref _validUntil, validUntil.Ticks);

    /// <summary>Ends the term: from here on <see cref="IsActive"/> is false and the token cancelled. The first reason stays.</summary>
    internal bool End(TermEndReason reason)
    {
        if (Interlocked.CompareExchange(ref _end, 1 + (int)reason, 0) != 0)
            return false;
        // The tokens are cancelled when this returns; their callbacks, which are the user's code, run elsewhere.
        _stops.CancelAll();
        _ = _ended.CancelAsync();
        return true;
    }

    internal void ReportOverrun() => _hurries.CancelAll();
}
