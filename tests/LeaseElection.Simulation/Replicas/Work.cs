using LeaseElection.Election.Time;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Terms;
using LeaseElection.Simulation.Plans;
using LeaseElection.Simulation.Playing;

namespace LeaseElection.Simulation.Replicas;

/// <summary>
/// The work of one replica: writes to what it guards, each time after a look at its term; stops when its term's token is cancelled, sooner
/// or
/// later; may fail, or return by itself.
/// </summary>
internal sealed class Work(World world, Replica replica, Dice dice, ReplicaPlan plan)
{
    private static readonly TimeSpan MostLate = TimeSpan.FromMilliseconds(310);

    private readonly HolderClock _clock = replica.Process.HolderClock;
    private HeldTerm? _term;
    private bool _isTold;
    private bool _isLost;
    private HolderInstant _deadline;

    public bool IsRunning { get; private set; }

    /// <summary>Gets or sets how many faults make the work of the next terms fail, return, or linger.</summary>
    public int Fails { get; set; }

    public int Completes { get; set; }

    public int Lingers { get; set; }

    public long Token => _term?.FencingToken ?? 0;

    /// <summary>Gets a value indicating whether it runs though its term is over.</summary>
    public bool IsStopping => IsRunning && _isTold;

    /// <summary>
    /// Gets how long ago, on its holder's clock, the Lease was lost under this work; negative while the replica still holds it (it holds
    /// on after a term that it ended of its own will, until the work has stopped).
    /// </summary>
    public TimeSpan SinceLoss => _clock.Peek() - Deadline;

    private HolderInstant Deadline
    {
        get
        {
            if (_term is null || _isLost)
                return _deadline;
            if (!_term.EndedToken.IsCancellationRequested)
                return _term.ValidUntil;
            ref readonly var hold = ref replica.State.Hold;
            return hold.Exists ? hold.ValidUntil : _deadline;
        }
    }

    public void Start(HeldTerm term)
    {
        if (IsRunning)
            world.Oracle.Report(Oracles.OracleKind.TwoWorks, $"{replica.Name} began a term while its work of the last one ran");
        _term = term;
        _isTold = _isLost = false;
        _deadline = term.ValidUntil;
        world.Agenda.After(dice.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(1)), () => replica.Process.OnPool(() => Begin(term)));
    }

    /// <summary>Looks whether the term's token was cancelled, and whether the Lease is lost.</summary>
    public void Notice()
    {
        if (_term is null || _isLost)
            return;
        var now = _clock.Peek();
        var deadline = Deadline;
        if (!_term.EndedToken.IsCancellationRequested)
        {
            _deadline = deadline;
            return;
        }

        if (replica.State.Hold.Exists)
        {
            _deadline = deadline;
        }
        else
        {
            _isLost = true;
            _deadline = now < _deadline ? now : _deadline;
        }

        if (!_isTold)
            Told(_term);
    }

    private void Told(HeldTerm term)
    {
        _isTold = true;
        // The ticker, on a thread of its own, is to notice within 250 ms (S7); what more it may be is the other clock's rate.
        if (term.EndReason == TermEndReason.DeadlinePassed && _clock.Peek() - term.ValidUntil is var late && late > MostLate && replica.Process.Undisturbed > MostLate * 2)
            world.Oracle.Report(
                Oracles.OracleKind.Late, $"{replica.Name}'s token was cancelled {late.TotalMilliseconds:F0} ms after its deadline");
        world.TermEnded(replica, term);
        if (!IsRunning)
            return;
        var patience = Lingers > 0
            ? replica.Settings.LeaseDuration * dice.Between(0.1, 3)
            : replica.Settings.LossAllowance * plan.StopsWithin * dice.Fraction();
        replica.Process.Clock.Later(patience, () => replica.Process.OnPool(() => End(term)));
    }

    private void Begin(HeldTerm term)
    {
        // As the loop's own runner: over before a thread was free, it never starts.
        if (!term.IsActive)
        {
            replica.WorkEnded(term);
            return;
        }

        IsRunning = true;
        world.WorkBegan(replica);
        if (Fails > 0 || Completes > 0)
        {
            var fails = Fails > 0;
            replica.Process.Clock.Later(replica.Settings.LeaseDuration * dice.Between(0, 1), () => replica.Process.OnPool(() =>
            {
                if (fails)
                    Fail(term);
                else
                    End(term);
            }));
        }

        Guarded(term);
    }

    // Checks, then writes: what lies between may be a pause of any length, and only the token helps.
    private void Guarded(HeldTerm term)
    {
        if (!IsRunning || _term != term)
            return;
        if (term.IsActive)
        {
            world.Agenda.After(dice.Between(TimeSpan.Zero, world.Plan.SlowestHop), () =>
                replica.Process.OnPool(() => world.Agenda.After(
                    dice.Between(TimeSpan.Zero, world.Plan.SlowestHop), () => world.WriteFenced(replica, term.FencingToken))));
        }

        replica.Process.Clock.Later(
            replica.Settings.LeaseDuration * dice.Between(0.05, 0.3), () => replica.Process.OnPool(() => Guarded(term)));
    }

    // One part of it fails. The others are told, and go on for a while (S8).
    private void Fail(HeldTerm term)
    {
        if (IsRunning && _term == term)
            replica.WorkFailed(term);
    }

    private void End(HeldTerm term)
    {
        if (!IsRunning || _term != term)
            return;
        IsRunning = false;
        world.WorkEnded(replica);
        replica.WorkEnded(term);
    }
}
