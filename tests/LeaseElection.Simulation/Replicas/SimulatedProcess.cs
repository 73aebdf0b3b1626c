using LeaseElection.Runtime.Clock;
using LeaseElection.Simulation.Time;

namespace LeaseElection.Simulation.Replicas;

/// <summary>
/// A process: clocks, a thread pool, and one thread of its own for the ticker. It may be frozen (nothing runs, clocks go on), suspended
/// with its machine (nothing runs, the monotonic clock stands still), starved (the pool is blocked, other threads run), or gone.
/// </summary>
internal sealed class SimulatedProcess
{
    private readonly Agenda _agenda;
    private readonly Dice _dice;
    private readonly List<(Action Act, bool OnPool)> _held = [];
    private readonly Action _afterEach;
    private int _frozen;
    private int _suspended;
    private int _starved;
    private TimeSpan _disturbedAt;
    private bool _steppedBackUnseen;
    private bool _resumedUnseen;

    public SimulatedProcess(Agenda agenda, Dice dice, double rate, double wallRate, Action afterEach)
    {
        _agenda = agenda;
        _dice = dice;
        _afterEach = afterEach;
        Clock = new(
            agenda, rate, wallRate, dice.Between(TimeSpan.Zero, TimeSpan.FromHours(1)),
            dice.Between(TimeSpan.Zero, TimeSpan.FromMinutes(1)))
        {
            RunTimer = OnThread,
            Ticked = Ticked,
        };
        HolderClock = HolderClock.ByTimer(Clock);
    }

    public ProcessClock Clock { get; }

    /// <summary>Gets the clock that its elector believes in.</summary>
    public HolderClock HolderClock { get; }

    public bool IsGone { get; private set; }

    /// <summary>Gets a value indicating whether some thread of it could answer a question now.</summary>
    public bool CanAnswer => !IsGone && _frozen == 0 && _suspended == 0;

    /// <summary>Gets for how long its clocks and its threads have gone their way.</summary>
    public TimeSpan Undisturbed => CanAnswer ? _agenda.Now - _disturbedAt : TimeSpan.Zero;

    /// <summary>Runs this on the pool: now, or once that is possible.</summary>
    public void OnPool(Action act) => Run(act, onPool: true);

    /// <summary>Runs this on a thread that does not belong to the pool.</summary>
    public void OnThread(Action act) => Run(act, onPool: false);

    public void Freeze() => _frozen++;

    public void Thaw()
    {
        _frozen--;
        _disturbedAt = _agenda.Now;
        GoOn();
    }

    public void Starve() => _starved++;

    public void Feed()
    {
        _starved--;
        GoOn();
    }

    /// <summary>
    /// Suspends the machine; not just after its wall clock was set back, unseen by any tick: that hides the pause (docs/safety.md, Limits).
    /// </summary>
    public bool TrySuspend()
    {
        if (_steppedBackUnseen || IsGone || _frozen > 0)
            return false;
        if (_suspended++ == 0)
            Clock.Suspend();
        return true;
    }

    public void Resume()
    {
        if (--_suspended == 0)
        {
            Clock.Resume();
            _resumedUnseen = true;
            _disturbedAt = _agenda.Now;
        }

        GoOn();
    }

    public void StepWall(TimeSpan step)
    {
        if (step < TimeSpan.Zero)
        {
            if (_suspended > 0 || _frozen > 0 || _resumedUnseen)
                return; // The same limit.
            _steppedBackUnseen = true;
        }

        _disturbedAt = _agenda.Now;
        Clock.StepWall(step);
    }

    /// <summary>Its clocks were compared: a step of the wall clock is seen.</summary>
    public void Ticked() => _steppedBackUnseen = _resumedUnseen = false;

    public void Kill()
    {
        IsGone = true;
        _held.Clear();
    }

    private void Run(Action act, bool onPool)
    {
        if (IsGone)
            return;
        if (_frozen > 0 || _suspended > 0 || (onPool && _starved > 0))
        {
            _held.Add((act, onPool));
            return;
        }

        act();
        _afterEach();
    }

    // What waited comes in any order: threads wake up as they like.
    private void GoOn()
    {
        if (IsGone || _frozen > 0 || _suspended > 0 || _held.Count == 0)
            return;
        List<(Action Act, bool OnPool)> held = [.. _held];
        _held.Clear();
        _dice.Shuffle(held);
        foreach (var (act, onPool) in held)
            _agenda.After(_dice.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(1)), () => Run(act, onPool));
    }
}
