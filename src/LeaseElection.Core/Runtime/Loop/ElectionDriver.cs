using System.Diagnostics.CodeAnalysis;
using LeaseElection.Diagnostics;
using LeaseElection.Election;
using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Election.Time;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Terms;

namespace LeaseElection.Runtime.Loop;

/// <summary>
/// What the loop decides, without its channel, tasks and threads: reads the clocks, steps the machine, turns effects into acts in their
/// order, keeps terms, timer and ticks. One caller at a time. The simulation runs this very class.
/// </summary>
internal sealed class ElectionDriver : IDisposable
{
    // Timers refuse more than 49 days; waking up once a day for a Lease of 30 years does no harm.
    private static readonly TimeSpan MostDue = TimeSpan.FromDays(1);

    private readonly ElectorContext _context;
    private readonly HolderClock _clock;
    private readonly IElectionEffects _performer;
    private readonly Effects _effects = new();
    private readonly Random _random;
    private readonly StandbyBoard _standby;
    private ElectionState _state = ElectionState.Initial;
    private volatile ElectionSettings _settings;
    private IDisposable? _ticks;
    private int _stopNoticed;

    public ElectionDriver(ElectorContext context, LeadershipState leadership, IElectionEffects performer)
    {
        _context = context;
        _clock = context.Clock;
        _performer = performer;
        _standby = new(context);
        Terms = new(context, leadership, _clock, performer.Post, performer.StartWork);
        _random = context.Random;
        _settings = context.Settings;
    }

    /// <summary>Gets what the election knows; for those who look on.</summary>
    public ref readonly ElectionState State => ref _state;

    /// <summary>Gets whom it stands by for; from any thread.</summary>
    public StandbyBoard Standby => _standby;

    /// <summary>Gets the terms, which the work tells of its failures and of its end, from any thread.</summary>
    public TermKeeper Terms { get; }

    /// <summary>Gets what made the election end, where a policy says so; null otherwise.</summary>
    public Exception? Failure => Terms.Failure;

    /// <summary>Takes one input: a step, and all that follows from it.</summary>
    public void Take(ElectionInput input)
    {
        if (NoticesStop())
            Step(new ElectionInput.StopRequested());
        Step(input);
    }

    /// <summary>Takes these settings from the next step on, for what begins then: a term keeps its own. From any thread.</summary>
    public void Use(ElectionSettings settings) => _settings = settings with { WhenWorkCompletes = _settings.WhenWorkCompletes };

    /// <summary>A defect of ours: from here on no one may believe that we lead.</summary>
    public void Abandon() => Terms.Abandon();

    public void Dispose() => _ticks?.Dispose();

    private void Step(ElectionInput input)
    {
        var now = _clock.Read(NextRandom());
        ElectionMachine.Step(ref _state, input, now, _settings, _effects);
        foreach (var effect in _effects)
            Perform(effect, now);
        Terms.Publish();
        _standby.Take(_state, _settings, now);
        KeepTicking();
    }

    [SuppressMessage("Security", "CA5394", Justification = "Jitter, and a nonce that tells writes apart; neither need be secret.")]
    private ulong NextRandom() => unchecked((ulong)_random.NextInt64(long.MinValue, long.MaxValue));

    private void Perform(in Effect effect, in Moment now)
    {
        switch (effect.Kind)
        {
            case EffectKind.BeginTerm:
                Terms.Begin(effect, _state.Hold.Settings, _state.Hold.Uid);
                break;
            case EffectKind.ExtendTerm:
                Terms.Extend(effect.ValidUntil);
                break;
            case EffectKind.EndTerm:
                Terms.End(effect.Reason);
                break;
            case EffectKind.SeeLeader:
                Terms.SeeLeader(effect.Leader, StandbyWait.Of(_state.View));
                break;
            case EffectKind.Write:
                _performer.Write(effect);
                break;
            case EffectKind.Read:
                _performer.Read();
                break;
            case EffectKind.Probe:
                _performer.Probe(effect);
                break;
            case EffectKind.Watch:
                _performer.Watch(effect.Version);
                break;
            case EffectKind.ArmTimer:
                Arm(effect.At, now.Monotonic);
                break;
            case EffectKind.ReportOverrun:
                Terms.ReportOverrun();
                break;
            case EffectKind.StopHost:
                _context.StopHost?.Invoke();
                break;
            case EffectKind.ReturnFromStop:
                _performer.ReturnFromStop();
                break;
            case EffectKind.Finish:
                _performer.Finish();
                break;
            case EffectKind.Notify:
                Notices.Log(effect.Notice, _context.Logger, _context.Lease, _context.Settings);
                break;
            default:
                throw new InvalidOperationException($"Unknown effect {effect.Kind}.");
        }
    }

    private void Arm(MonotonicInstant at, MonotonicInstant now)
    {
        if (at == MonotonicInstant.Never)
        {
            _performer.Wake(Timeout.InfiniteTimeSpan);
            return;
        }

        // The system's timers know whole milliseconds and drop the rest: rounded down, one would fire early and be armed again for nothing.
        var due = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (at - now).TotalMilliseconds)));
        _performer.Wake(due < MostDue ? due : MostDue);
    }

    // On the ticker's thread.
    private void OnTick(HolderInstant now)
    {
        Terms.OnTick(now);
        if (NoticesStop())
            _performer.Post(new ElectionInput.StopRequested());
    }

    // Once: the callback that tells of the same stop may come later, and changes nothing.
    private bool NoticesStop() =>
        Volatile.Read(ref _stopNoticed) == 0 && _context.StopAsked() && Interlocked.Exchange(ref _stopNoticed, 1) == 0;

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
