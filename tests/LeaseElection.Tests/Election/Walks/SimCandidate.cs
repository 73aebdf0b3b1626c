using LeaseElection.Election;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>One process of the simulated world: the machine, its pump, its clocks, its work. It may freeze, be suspended, or crash.</summary>
internal sealed class SimCandidate(SimWorld world, ElectionSettings settings, double rate)
{
    private readonly Effects _effects = new();
    private readonly SafetyMonitor _monitor = new();
    private readonly Queue<ElectionInput> _inbox = new();
    private readonly Dictionary<long, HashSet<string>> _seenAtSend = [];
    private ElectionState _state = ElectionState.Initial;
    private HolderInstant _validUntil;
    private long _armed;
    private bool _ticking;
    private long? _awaitedWrite;

    public SimClock Clock { get; } = new(() => world.True, rate);

    public string Name => settings.Identity;

    public ElectionSettings Settings => settings;

    public ref readonly ElectionState State => ref _state;

    public bool Gone { get; private set; }

    public bool Frozen { get; private set; }

    public bool Stopped { get; private set; }

    public bool Watching { get; private set; }

    public int WatchIndex { get; set; }

    public TimeSpan CutOffUntil { get; set; }

    public TimeSpan StalledUntil { get; set; }

    public bool TermActive { get; private set; }

    public bool Works { get; private set; }

    public long Term { get; private set; }

    public int Requests { get; private set; }

    /// <summary>Gets the mark of its last term by its writes that took effect.</summary>
    public string? TrueMark { get; private set; }

    public bool TermByCreate { get; private set; }

    public HashSet<string> SeenTerms => _monitor.Sight.Marks;

    /// <summary>Gets a value indicating whether it leads, as any reader in its process would be told at this moment.</summary>
    public bool IsLeader => !Gone && TermActive && Clock.Holder < _validUntil;

    /// <summary>Gets a value indicating whether its work runs though it had all the time that it may have to stop.</summary>
    public bool Overran =>
        Clock.Holder >= _monitor.TrueValidUntil + ((settings.LeaseDuration * 0.8) - settings.RenewDeadline);

    public void Post(ElectionInput input)
    {
        if (Gone)
            return;
        if (input is ElectionInput.WriteEnded write)
        {
            if (_awaitedWrite != write.Id)
                return; // Answered already, by its timeout.
            _awaitedWrite = null;
        }

        if (Frozen)
            _inbox.Enqueue(input);
        else
            Take(input);
    }

    public void Stop()
    {
        Stopped = true;
        Post(new ElectionInput.StopRequested());
    }

    public void Crash()
    {
        Gone = true;
        Works = false;
    }

    public void Freeze(bool suspend)
    {
        Clock.Tick();
        Frozen = true;
        if (suspend)
            Clock.Suspend();
    }

    /// <summary>Everything that piled up is handled, and somewhere among it the late timer.</summary>
    public void Thaw()
    {
        if (!Frozen)
            return;
        Clock.Resume();
        Frozen = false;
        var late = world.Random.Next(_inbox.Count + 1);
        for (var i = _inbox.Count; i >= 0 && !Gone; i--)
            Take(i == late ? new ElectionInput.Woken() : _inbox.Dequeue());
    }

    public void FailWork(long term)
    {
        if (Works && term == Term && !Gone)
            Post(new ElectionInput.WorkFailed(term));
    }

    public void EndWork(long term)
    {
        if (!Works || term != Term || Gone)
            return;
        Works = false;
        Post(new ElectionInput.WorkEnded(term));
    }

    public void Committed(long write, in LeaseSnapshot lease)
    {
        _monitor.Committed(write);
        if (lease.Mark is { Length: > 0 } mark)
            TrueMark = mark;
    }

    public HashSet<string> SeenWhenSent(long write) => _seenAtSend[write];

    private void Take(ElectionInput input)
    {
        Clock.Tick();
        var now = new Moment(Clock.Monotonic, Clock.Holder, Clock.Wall, (ulong)world.Random.NextInt64() << 1);
        ElectionMachine.Step(ref _state, input, now, settings, _effects);
        world.Say(this, input, _effects);
        if (input is ElectionInput.WatchExpired)
            Watching = false;
        _monitor.Check(input, now, settings, _effects);
        // Performing may post, and a post steps the machine: not before this step's effects are read.
        foreach (var effect in _effects.ToArray())
            Perform(effect);
        world.Oracle.CheckLeaders(this);
        KeepTicking();
    }

    private void Perform(Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.Write:
                Requests++;
                _awaitedWrite = effect.Number;
                if (effect.Write.IsCreate)
                    _seenAtSend[effect.Number] = [.. SeenTerms];
                world.Network.Write(this, effect);
                break;
            case EffectKind.Read:
                Requests++;
                world.Network.Read(this);
                break;
            case EffectKind.Watch:
                Watching = true;
                world.Network.Watch(this, effect.Version);
                break;
            case EffectKind.BeginTerm:
                TermByCreate = _state.Hold.Spec.LeaseTransitions == 0;
                world.Oracle.CheckWork(this);
                (Term, TermActive, Works, _validUntil) = (effect.Number, true, true, effect.ValidUntil);
                world.WorkBegins(this);
                break;
            case EffectKind.ExtendTerm:
                _validUntil = effect.ValidUntil;
                break;
            case EffectKind.EndTerm:
                TermActive = false;
                world.WorkMustEnd(this);
                break;
            case EffectKind.ArmTimer:
                Arm(effect.At);
                break;
            case EffectKind.StopHost:
                Stopped = true;
                break;
            case EffectKind.Finish:
                Crash();
                break;
            default:
                break;
        }
    }

    private void Arm(MonotonicInstant at)
    {
        var armed = ++_armed;
        if (at == MonotonicInstant.Never)
            return;
        var late = world.Faulty && world.Chance(0.1) ? world.Random.NextDouble() * 0.3 : 0;
        world.After(((at - Clock.Monotonic).TotalSeconds / Clock.Rate) + 2e-7 + late, () =>
        {
            if (armed == _armed && !Frozen && !Gone)
                Take(new ElectionInput.Woken());
        });
    }

    // The process's ticker (S7). It only reads the clocks; who sees the end of a term says so.
    private void KeepTicking()
    {
        if (_ticking || !_state.NeedsTicks || Gone)
            return;
        _ticking = true;
        world.After(0.25 / Clock.Rate, () =>
        {
            _ticking = false;
            if (Frozen || Gone)
                return;
            Clock.Tick();
            if (TermActive && Clock.Holder >= _validUntil)
                Take(new ElectionInput.ExpirySeen(Term));
            KeepTicking();
        });
    }
}
