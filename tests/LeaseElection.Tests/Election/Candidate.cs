using LeaseElection.Election;
using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Tests.Election;

/// <summary>
/// A candidate: the real machine, with clocks of its own, and a loop that is a few lines of test code. By default the server
/// answers at once; a test may hold writes back, lose their replies, or stop the watch.
/// </summary>
internal sealed class Candidate(World world, string identity, ElectionSettings settings)
{
    private readonly Effects _effects = new();
    private readonly Random _random = new(identity.Length * 7919);
    private ElectionState _state = ElectionState.Initial;
    private HolderTick _tick;
    private long _watched;
    private readonly List<Effect> _held = [];

    public string Identity => identity;

    public ElectionSettings Settings { get; set; } = settings;

    public ref readonly ElectionState State => ref _state;

    /// <summary>Gets or sets how fast its monotonic clock runs, in parts of true time.</summary>
    public double Rate { get; init; } = 1;

    public TimeSpan WallOffset { get; set; }

    public TimeSpan Suspended { get; set; }

    public bool HoldWrites { get; set; }

    public bool HoldReads { get; set; }

    public bool Watches { get; set; } = true;

    public bool WorkStopsAtOnce { get; set; } = true;

    public MonotonicInstant Timer { get; private set; } = MonotonicInstant.Never;

    public HolderInstant ValidUntil { get; private set; }

    /// <summary>Gets the oldest held write.</summary>
    public Effect? HeldWrite => _held.Count > 0 ? _held[0] : null;

    /// <summary>Gets or sets a value indicating whether the connection of the last write answers reads; and likewise others.</summary>
    public bool OwnConnectionWorks { get; set; } = true;

    public bool OtherConnectionsWork { get; set; } = true;

    /// <summary>Gets how many reads were sent beside open writes.</summary>
    public int Probes { get; private set; }

    public List<Effect> Writes { get; } = [];

    public List<(long Number, long Token)> Terms { get; } = [];

    public List<TermEndReason> Ends { get; } = [];

    public List<string?> Leaders { get; } = [];

    public List<Notice> Notices { get; } = [];

    public List<Effect> Log { get; } = [];

    public int Reads { get; private set; }

    public List<long> WatchesFrom { get; } = [];

    public int Overruns { get; private set; }

    public bool StopReturned { get; private set; }

    public bool Finished { get; private set; }

    public bool HostStopped { get; private set; }

    public bool TermActive { get; private set; }

    public bool WorkRuns { get; private set; }

    public MonotonicInstant Monotonic => new((long)((world.True - Suspended).Ticks * Rate));

    /// <summary>Gets its wall clock: of the same rate as the monotonic one, plus whatever steps it has made.</summary>
    public DateTimeOffset Wall => World.Epoch + (world.True * Rate) + WallOffset;

    /// <summary>Gets what the holder's clock shows.</summary>
    public HolderInstant Holder => _tick.Advance(Monotonic, Wall).Holder;

    /// <summary>Gets or sets who looks at every step.</summary>
    public ICandidateMonitor? Monitor { get; set; }

    /// <summary>Gets a value indicating whether it believes to lead, as a reader on any thread would be told.</summary>
    public bool IsLeader => TermActive && Holder < ValidUntil;

    public LeaseWrite LastWrite => Writes[^1].Write;

    public void Take(ElectionInput input)
    {
        _tick = _tick == default ? new(Monotonic, Wall, default) : _tick.Advance(Monotonic, Wall);
        var now = new Moment(Monotonic, _tick.Holder, Wall, (ulong)_random.NextInt64() << 1);
        if (input is ElectionInput.Woken)
            Timer = MonotonicInstant.Never;
        Monitor?.Took(this, input, now);
        ElectionMachine.Step(ref _state, input, now, Settings, _effects);
        foreach (var effect in _effects)
            Perform(effect);
        Monitor?.Stepped(this, now);
    }

    public void Start() => world.Post(this, new ElectionInput.Started());

    public void Stop() => world.Post(this, new ElectionInput.StopRequested());

    public void StepDown() => world.Post(this, new ElectionInput.StepDownRequested());

    public void Pause() => world.Post(this, new ElectionInput.PauseRequested());

    public void Resume() => world.Post(this, new ElectionInput.ResumeRequested());

    public void EndWork()
    {
        WorkRuns = false;
        world.Post(this, new ElectionInput.WorkEnded(Terms[^1].Number));
    }

    /// <summary>A part of the work fails, and with it the rest ends, now or when it was told to.</summary>
    public void FailWork()
    {
        world.Post(this, new ElectionInput.WorkFailed(Terms[^1].Number));
        if (WorkRuns && WorkStopsAtOnce)
            EndWork();
    }

    /// <summary>A ticker's look at the clock.</summary>
    public void Tick() => world.Post(this, new ElectionInput.Woken());

    /// <summary>The held write reaches the server; its reply is delivered, or lost.</summary>
    public void ReleaseHeldWrite(bool commits = true, bool replyLost = false)
    {
        var effect = TakeHeldWrite();
        ElectionInput.WriteEnded reply = commits ? world.Server.Apply(effect.Number, effect.Write) : new(effect.Number, Answers.NoAnswer);
        world.Post(this, replyLost ? new(effect.Number, Answers.NoAnswer) : reply);
    }

    /// <summary>The held write reaches the server now; its reply is kept back and returned.</summary>
    public ElectionInput.WriteEnded CommitHeldWrite()
    {
        var effect = TakeHeldWrite();
        return world.Server.Apply(effect.Number, effect.Write);
    }

    public void AnswerRead() => world.Post(this, new ElectionInput.ReadEnded(ReadNow()));

    /// <summary>What the watch has not delivered yet.</summary>
    public bool DeliverWatch()
    {
        if (!Watches || WatchesFrom.Count == 0 || world.Server.Down)
            return false;
        foreach (var (version, lease) in world.Server.History)
        {
            if (version <= _watched)
                continue;
            _watched = version;
            Take(lease is { } seen ? new ElectionInput.LeaseSeen(seen) : new ElectionInput.LeaseDeleted(version));
            return true;
        }

        return false;
    }

    private ReadOutcome ReadNow() => world.Server.Down ? Answers.ReadFailed
        : world.Server.Refuses ? Answers.ReadRefused
        : world.Server.Lease is { } found ? new ReadOutcome.Found(found) : new ReadOutcome.Absent();

    private Effect TakeHeldWrite()
    {
        var effect = _held[0];
        _held.RemoveAt(0);
        return effect;
    }

    private void Perform(in Effect effect)
    {
        Log.Add(effect);
        Monitor?.Performing(this, effect);
        switch (effect.Kind)
        {
            case EffectKind.Write:
                Writes.Add(effect);
                _held.RemoveAll(held => held.Number != _state.Writes.OtherOpen?.Id); // Those whose answer a test gave in another way.
                if (HoldWrites)
                    _held.Add(effect);
                else
                    world.Post(
                        this, world.Server.Down ? new(effect.Number, Answers.NoAnswer) : world.Server.Apply(effect.Number, effect.Write));
                break;
            case EffectKind.Read:
                Reads++;
                if (!HoldReads)
                    AnswerRead();
                break;
            case EffectKind.Probe:
                Probes++;
                if (effect.OnAnother ? OtherConnectionsWork : OwnConnectionWorks)
                    world.Post(this, new ElectionInput.ProbeEnded(effect.Number, effect.OnAnother, ReadNow()));
                break;
            case EffectKind.Watch:
                WatchesFrom.Add(effect.Version);
                _watched = effect.Version;
                break;
            case EffectKind.ArmTimer:
                Timer = effect.At;
                break;
            case EffectKind.BeginTerm:
                Assert.False(WorkRuns, "S6: a new term over running work");
                Terms.Add((effect.Number, effect.Version));
                ValidUntil = effect.ValidUntil;
                TermActive = WorkRuns = true;
                break;
            case EffectKind.ExtendTerm:
                ValidUntil = effect.ValidUntil;
                break;
            case EffectKind.EndTerm:
                TermActive = false;
                Ends.Add(effect.Reason);
                if (WorkStopsAtOnce && WorkRuns)
                    EndWork();
                break;
            case EffectKind.SeeLeader:
                Leaders.Add(effect.Leader);
                break;
            case EffectKind.ReportOverrun:
                Overruns++;
                break;
            case EffectKind.StopHost:
                HostStopped = true;
                break;
            case EffectKind.ReturnFromStop:
                StopReturned = true;
                break;
            case EffectKind.Finish:
                Finished = true;
                break;
            case EffectKind.Notify:
                Notices.Add(effect.Notice);
                break;
            default:
                throw new InvalidOperationException($"Unknown effect {effect.Kind}");
        }
    }
}
