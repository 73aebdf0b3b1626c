using System.Diagnostics.CodeAnalysis;
using LeaseElection.Election;

namespace LeaseElection.Pump;

/// <summary>
/// What the pump decides, without its channel, tasks and threads: reads the clocks, steps the machine, turns effects into acts in their
/// order, keeps terms, timer and ticks. One caller at a time. The simulation runs this very class.
/// </summary>
internal sealed class ElectionDriver : IDisposable
{
    // Timers refuse more than 49 days; waking up once a day for a Lease of 30 years does no harm.
    private static readonly TimeSpan MostDue = TimeSpan.FromDays(1);

    private readonly ElectorContext _context;
    private readonly HolderClock _clock;
    private readonly IElectionOutlets _outlets;
    private readonly TermKeeper _terms;
    private readonly Effects _effects = new();
    private readonly Random _random;
    private ElectionState _state = ElectionState.Initial;
    private volatile ElectionSettings _settings;
    private IDisposable? _ticks;
    private int _stopNoticed;

    public ElectionDriver(ElectorContext context, LeadershipBoard board, IElectionOutlets outlets)
    {
        _context = context;
        _clock = HolderClock.For(context.Time);
        _outlets = outlets;
        _terms = new(context, board, _clock, outlets);
        _random = context.NewRandom();
        _settings = context.Settings;
    }

    /// <summary>Gets what the election knows; for those who look on.</summary>
    public ref readonly ElectionState State => ref _state;

    /// <summary>Gets what made the election end, where a policy says so; null otherwise.</summary>
    public Exception? Failure => _terms.Failure;

    /// <summary>Takes one input: a step, and all that follows from it.</summary>
    public void Take(ElectionInput input)
    {
        if (NoticesStop())
            Step(new ElectionInput.StopRequested());
        Step(input);
    }

    /// <summary>Takes these settings from the next step on, for what begins then: a term keeps its own. From any thread.</summary>
    public void Use(ElectionSettings settings) => _settings = settings with { WhenWorkCompletes = _settings.WhenWorkCompletes };

    /// <summary>A part of a term's work threw: the term is over now, unless it was already. From any thread.</summary>
    public void WorkFailed(LeadershipTerm term, Exception error) => _terms.WorkFailed(term, error);

    /// <summary>All parts of a term's work have ended by themselves. From any thread.</summary>
    public void WorkCompleted(LeadershipTerm term) => _terms.WorkCompleted(term);

    /// <summary>The work of a term has ended, all of it. From any thread.</summary>
    public void WorkEnded(LeadershipTerm term) => _terms.WorkEnded(term);

    /// <summary>A defect of ours: nobody may believe that we lead from here on.</summary>
    public void Abandon() => _terms.Abandon();

    public void Dispose() => _ticks?.Dispose();

    private void Step(ElectionInput input)
    {
        var now = _clock.Read(NextRandom());
        ElectionMachine.Step(ref _state, input, now, _settings, _effects);
        foreach (var effect in _effects)
            Perform(effect, now);
        _terms.Publish();
        KeepTicking();
    }

    [SuppressMessage("Security", "CA5394", Justification = "Jitter, and a nonce that tells writes apart; neither need be secret.")]
    private ulong NextRandom() => unchecked((ulong)_random.NextInt64(long.MinValue, long.MaxValue));

    private void Perform(in Effect effect, in Moment now)
    {
        switch (effect.Kind)
        {
            case EffectKind.BeginTerm:
                _terms.Begin(effect, _state.Hold.Settings, _state.Hold.Uid);
                break;
            case EffectKind.ExtendTerm:
                _terms.Extend(effect.ValidUntil);
                break;
            case EffectKind.EndTerm:
                _terms.End(effect.Reason);
                break;
            case EffectKind.SeeLeader:
                _terms.SeeLeader(effect.Leader);
                break;
            case EffectKind.Write:
                _outlets.Write(effect);
                break;
            case EffectKind.Read:
                _outlets.Read();
                break;
            case EffectKind.Watch:
                _outlets.Watch(effect.Version);
                break;
            case EffectKind.ArmTimer:
                Arm(effect.At, now.Monotonic);
                break;
            case EffectKind.ReportOverrun:
                _terms.ReportOverrun();
                break;
            case EffectKind.StopHost:
                _context.StopHost?.Invoke();
                break;
            case EffectKind.ReturnFromStop:
                _outlets.ReturnFromStop();
                break;
            case EffectKind.Finish:
                _outlets.Finish();
                break;
            case EffectKind.Notify:
                Notices.Log(effect.Notice, _context);
                break;
            default:
                throw new InvalidOperationException($"Unknown effect {effect.Kind}.");
        }
    }

    private void Arm(MonotonicInstant at, MonotonicInstant now)
    {
        if (at == MonotonicInstant.Never)
        {
            _outlets.Wake(Timeout.InfiniteTimeSpan);
            return;
        }

        // The system's timers know whole milliseconds and drop the rest: rounded down, one would fire early and be armed again for nothing.
        var due = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (at - now).TotalMilliseconds)));
        _outlets.Wake(due < MostDue ? due : MostDue);
    }

    // On the ticker's thread.
    private void OnTick(HolderInstant now)
    {
        _terms.OnTick(now);
        if (NoticesStop())
            _outlets.Post(new ElectionInput.StopRequested());
    }

    // Once: the callback that tells of the same stop may come later, and changes nothing.
    private bool NoticesStop() => Volatile.Read(ref _stopNoticed) == 0 && _context.StopAsked() && Interlocked.Exchange(ref _stopNoticed, 1) == 0;

    private void KeepTicking()
    {
        if (_state.NeedsTicks)
        {
            _ticks ??= _clock.Subscribe(OnTick);
        }
        else
        {
            _ticks?.Dispose();
            _ticks = null;
        }
    }
}
