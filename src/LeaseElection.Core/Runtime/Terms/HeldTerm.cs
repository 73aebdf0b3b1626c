using System.Diagnostics.CodeAnalysis;
using LeaseElection.Election.Time;
using LeaseElection.Runtime.Clock;

namespace LeaseElection.Runtime.Terms;

/// <summary>A term that this process holds, by the holder's clock (S2).</summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "Users keep the token as long as they like; without timers or wait handles there is nothing to dispose of.")]
internal sealed class HeldTerm : LeadershipTerm
{
    private readonly HolderClock _clock;
    private readonly Action<HeldTerm> _expirySeen;
    private readonly CancellationTokenSource _ended = new();
    private readonly UnlinkedTokens _stops = new();
    private readonly UnlinkedTokens _hurries = new();
    private long _validUntil;

    // 0 while the term goes on, else 1 + the reason. Written once.
    private int _end;

    public HeldTerm(long number, long fencingToken, HolderInstant validUntil, HolderClock clock, Action<HeldTerm> expirySeen)
        : base(number, fencingToken)
    {
        _validUntil = validUntil.Ticks;
        _clock = clock;
        _expirySeen = expirySeen;
        EndedToken = _ended.Token;
    }

    public override CancellationToken EndedToken { get; }

    public override bool IsActive
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

    public override TimeSpan Remaining
    {
        get
        {
            var left = ValidUntil - _clock.Peek();
            return IsActive && left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public override TermEndReason? EndReason => IsActive ? null : (TermEndReason)(Volatile.Read(ref _end) - 1);

    public HolderInstant ValidUntil => new(Volatile.Read(ref _validUntil));

    internal override TimeSpan PastDeadline
    {
        get
        {
            var past = _clock.Peek() - ValidUntil;
            return Volatile.Read(ref _end) == 0 && past > TimeSpan.Zero ? past : TimeSpan.Zero;
        }
    }

    /// <summary>Extends the validity after a renewal. An ended term stays ended.</summary>
    public void Extend(HolderInstant validUntil) => Volatile.Write(ref _validUntil, validUntil.Ticks);

    /// <summary>Ends the term: from here on <see cref="IsActive"/> is false and the token cancelled. The first reason stays.</summary>
    /// <returns>Whether this call ended it.</returns>
    public bool End(TermEndReason reason)
    {
        if (Interlocked.CompareExchange(ref _end, 1 + (int)reason, 0) != 0)
            return false;
        // The tokens are cancelled when this returns; their callbacks, which are the user's code, run elsewhere.
        _stops.CancelAll();
        _ = _ended.CancelAsync();
        return true;
    }

    /// <summary>The work's time to stop is over: cancels the tokens that tell its parts so.</summary>
    public void ReportOverrun() => _hurries.CancelAll();

    internal override CancellationToken CreateStopToken() => _stops.Create();

    internal override CancellationToken CreateHurryToken() => _hurries.Create();
}
