using System.Diagnostics.CodeAnalysis;
using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.State;
using LeaseElection.Election.Time;
using LeaseElection.Leases;
using LeaseElection.Runtime.Loop;
using LeaseElection.Runtime.Terms;
using LeaseElection.Simulation.Oracles;
using LeaseElection.Simulation.Playing;
using LeaseElection.Simulation.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeaseElection.Simulation.Replicas;

/// <summary>
/// One process with one elector: the real driver with its machine, terms, board and ticker, on simulated clocks, and outlets that lead into
/// the simulated network.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A process that is gone has nothing to dispose of.")]
internal sealed class Replica : IElectionEffects, IWitness
{
    private readonly World _world;
    private readonly Link _link;
    private readonly Link _otherLink;
    private bool _lastWriteWasOnOther;
    private readonly ElectionDriver _driver;
    private readonly LeadershipState _board = new();
    private readonly Queue<ElectionInput> _inbox = new();
    private readonly Queue<WatchSignal> _signals = new();
    private readonly Dictionary<string, TimeSpan> _seen = [];
    private TimeSpan _acquireSentAt;
    private TimeSpan _stepsBack;
    private readonly Dice _dice;
    private readonly TimeSpan _pumpLatency;
    private bool _pumpIsDue;
    private int _wakes;

    public Replica(World world, int index, int incarnation)
    {
        _world = world;
        Index = index;
        var plan = world.Plan.Replicas[index];
        _dice = world.Dice.Fork(((ulong)index << 20) + (ulong)incarnation);
        Settings = plan.Settings with { Identity = $"r{index}.{incarnation}", WhenWorkOverruns = plan.WhenWorkOverruns };
        Process = new(world.Agenda, _dice.Fork(1), plan.Rate, plan.WallRate, Acted);
        _pumpLatency = plan.PumpLatency;
        _link = world.Links[index];
        _otherLink = world.OtherLinks[index];
        Watch = new(world.Agenda, _dice.Fork(2), world.Server, _link, Settings.RequestTimeout, Hear);
        Work = new(world, this, _dice.Fork(3), plan);
        var random = _dice.Fork(4).AsRandom();
        _driver = new(
            new()
            {
                Name = "simulated",
                Settings = Settings,
                Lease = "simulated/lease",
                OpenStore = () => throw new InvalidOperationException("The simulation has no store."),
                Time = Process.Clock,
                Clock = Process.HolderClock,
                Logger = NullLogger.Instance,
                Random = random,
                StopHost = StopHost,
                FailFast = _ => world.Kill(this, "fails fast"),
            },
            _board,
            this);
    }

    public int Index { get; }

    public ElectionSettings Settings { get; }

    public string Name => Settings.Identity;

    public SimulatedProcess Process { get; }

    public SimulatedWatch Watch { get; }

    public Work Work { get; }

    public bool IsFinished { get; private set; }

    /// <summary>Gets how many requests it has sent.</summary>
    public long Requests { get; private set; }

    public bool IsLeaving { get; private set; }

    /// <summary>Gets what its election knows; the oracles do not ask this.</summary>
    public ref readonly ElectionState State => ref _driver.State;

    /// <summary>Gets what its election calls now.</summary>
    public MonotonicInstant Now => Process.HolderClock.Monotonic();

    public bool UsesOtherConnection => _lastWriteWasOnOther;

    // What the world may ask of it: answers from the public face.
    public bool CanAnswer => Process.CanAnswer;

    public bool IsLeader => _board.Term is not null;

    public bool Works => Work.IsRunning && !Process.IsGone;

    public string? TermUid { get; private set; }

    public string? TermMark { get; private set; }

    public TimeSpan SinceLoss => Work.SinceLoss;

    public TimeSpan LossAllowance => Settings.LossAllowance;

    public bool HadSeen(string mark) => _seen.TryGetValue(mark, out var at) && at < _acquireSentAt;

    public void Start() => Post(new ElectionInput.Started());

    public void Stop()
    {
        if (IsLeaving)
            return;
        IsLeaving = true;
        Post(new ElectionInput.StopRequested());
    }

    /// <summary>Sets the wall clock forward, and back again just when its next term begins.</summary>
    public void StepForwardUntilItLeads(TimeSpan step)
    {
        Process.StepWall(step);
        _stepsBack -= step;
    }

    public void StepBack()
    {
        if (_stepsBack != TimeSpan.Zero)
            Process.StepWall(_stepsBack);
        _stepsBack = TimeSpan.Zero;
    }

    public void StepDown() => Post(new ElectionInput.StepDownRequested());

    /// <summary>Its timer fires though nothing is due.</summary>
    public void WakeEarly() => Process.OnPool(() => Post(new ElectionInput.Woken()));

    public void Pause() => Post(new ElectionInput.PauseRequested());

    public void Resume() => Post(new ElectionInput.ResumeRequested());

    public void Post(ElectionInput input)
    {
        _inbox.Enqueue(input);
        if (_pumpIsDue)
            return;
        _pumpIsDue = true;
        _world.Agenda.After(_dice.Between(TimeSpan.Zero, _pumpLatency), () => Process.OnPool(Pump));
    }

    public void WorkFailed(HeldTerm term) => _driver.Terms.WorkFailed(term, new InvalidOperationException("simulated"));

    public void WorkEnded(HeldTerm term) => _driver.Terms.WorkEnded(term);

    void IElectionEffects.Write(in Effect effect)
    {
        var (number, write) = (effect.Number, effect.Write);
        var ended = false;
        if (effect.Timeout <= TimeSpan.Zero)
        {
            Post(new ElectionInput.WriteEnded(number, new WriteOutcome.Unknown("not sent", null)));
            return;
        }

        _world.Statistics.Writes++;
        Requests++;
        if (write.Spec.AcquireTime == write.Spec.RenewTime)
            _acquireSentAt = _world.Agenda.Now;
        if (_world.Trace is { } sent)
            sent.Add(TraceKind.Outcome, Index, $"sends write {number}: holder '{write.Spec.HolderIdentity}' over version {write.Version} within {effect.Timeout.TotalSeconds:F3} s, mark '{write.Mark}'");
        var sentAt = _world.Agenda.Now;
        _lastWriteWasOnOther ^= write.OnAnother;
        var link = _lastWriteWasOnOther ? _otherLink : _link;
        link.Send(
            () => _world.Write(write, Name, sentAt), outcome => Process.OnPool(() => End(outcome)),
            () => Process.OnPool(() => End(Broken())));
        Process.Clock.Later(effect.Timeout, () => Process.OnPool(() => End(new WriteOutcome.Unknown("timeout", null))));

        void End(WriteOutcome outcome)
        {
            if (ended)
                return;
            ended = true;
            if (_world.Trace is { } trace)
                trace.Add(TraceKind.Outcome, Index, $"write {number}: {outcome.GetType().Name}");
            Post(new ElectionInput.WriteEnded(number, outcome));
        }
    }

    void IElectionEffects.Read()
    {
        var ended = false;
        _world.Statistics.Reads++;
        Requests++;
        _link.Send(
            _world.Server.Read, outcome => Process.OnPool(() => End(outcome)),
            () => Process.OnPool(() => End(new ReadOutcome.Failed("broken", null))));
        // A second try goes out beside the first, on another connection; whichever answers first counts.
        Process.Clock.Later(Settings.RequestTimeout, () =>
        {
            if (ended || Process.IsGone)
                return;
            Requests++;
            _otherLink.Send(_world.Server.Read, outcome => Process.OnPool(() => End(outcome)), () => { });
        });
        Process.Clock.Later(Settings.RequestTimeout * 2, () => Process.OnPool(() => End(new ReadOutcome.Failed("timeout", null))));

        void End(ReadOutcome outcome)
        {
            if (ended)
                return;
            ended = true;
            if (outcome is ReadOutcome.Found found)
                Saw(found.Lease);
            if (_world.Trace is { } trace)
                trace.Add(TraceKind.Outcome, Index, $"read: {outcome.GetType().Name} {_world.Show(outcome)}");
            Post(new ElectionInput.ReadEnded(outcome));
        }
    }

    void IElectionEffects.Probe(in Effect effect)
    {
        var (write, onAnother) = (effect.Number, effect.OnAnother);
        var ended = false;
        _world.Statistics.Reads++;
        Requests++;
        var link = onAnother != _lastWriteWasOnOther ? _otherLink : _link;
        link.Send(
            _world.Server.Read, outcome => Process.OnPool(() => End(outcome)),
            () => Process.OnPool(() => End(new ReadOutcome.Failed("broken", null))));
        Process.Clock.Later(Settings.RenewDeadline, () => Process.OnPool(() => End(new ReadOutcome.Failed("timeout", null))));

        void End(ReadOutcome outcome)
        {
            if (ended)
                return;
            ended = true;
            if (outcome is ReadOutcome.Found found)
                Saw(found.Lease);
            if (_world.Trace is { } trace)
                trace.Add(TraceKind.Outcome, Index, $"read beside write {write}: {outcome.GetType().Name} {_world.Show(outcome)}");
            Post(new ElectionInput.ProbeEnded(write, onAnother, outcome));
        }
    }

    void IElectionEffects.Watch(long fromVersion)
    {
        Watch.Stop();
        Watch.Start(fromVersion);
    }

    void IElectionEffects.Wake(TimeSpan dueIn)
    {
        var wake = ++_wakes;
        if (dueIn == Timeout.InfiniteTimeSpan)
            return;
        Process.Clock.Later(dueIn, () => Process.OnPool(() =>
        {
            if (wake == _wakes)
                Post(new ElectionInput.Woken());
        }));
    }

    void IElectionEffects.StartWork(HeldTerm term)
    {
        (TermUid, TermMark) = (State.Hold.Uid, State.Hold.Mark);
        if (State.Paused)
            _world.Oracle.Report(OracleKind.Pause, $"{Name} leads though it is paused");
        _world.TermBegan(this, term);
        Work.Start(term);
        StepBack();
    }

    // The stop of the host gets to its end now, and the process with it: work that still runs dies with it.
    void IElectionEffects.ReturnFromStop() =>
        _world.Agenda.After(_dice.Between(TimeSpan.Zero, Settings.LeaseDuration), () => _world.Kill(this, "exits with its work running"));

    void IElectionEffects.Finish()
    {
        IsFinished = true;
        Watch.Stop();
        _world.Agenda.After(_dice.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(50)), () => _world.Kill(this, "exits"));
    }

    private static WriteOutcome.Unknown Broken() => new("broken", null);

    private void StopHost()
    {
        _world.Trace?.Add(TraceKind.Note, Index, "stops its host");
        Stop();
    }

    // One loop reads the watch: in whatever order threads wake up, what it says stays in order.
    private void Hear(WatchSignal signal)
    {
        _signals.Enqueue(signal);
        Process.OnPool(() => Tell(_signals.Dequeue()));
    }

    private void Tell(WatchSignal signal)
    {
        if (_world.Trace is { } trace)
            trace.Add(
                TraceKind.Outcome, Index,
                $"watch: {signal.GetType().Name} {(signal is WatchSignal.Seen { Lease: var told } ? World.Show(told) : "")}");
        switch (signal)
        {
            case WatchSignal.Seen seen:
                Saw(seen.Lease);
                Post(new ElectionInput.LeaseSeen(seen.Lease));
                break;
            case WatchSignal.Deleted deleted:
                Post(new ElectionInput.LeaseDeleted(deleted.Version));
                break;
            case WatchSignal.Bookmark:
                Post(new ElectionInput.WatchIdle());
                break;
            case WatchSignal.Expired:
                Post(new ElectionInput.WatchExpired());
                break;
            default:
                Post(new ElectionInput.WatchHealth(signal is WatchSignal.Recovered));
                break;
        }
    }

    private void Saw(in LeaseSnapshot lease)
    {
        if (!string.IsNullOrEmpty(lease.Mark))
            _seen.TryAdd(lease.Mark, _world.Agenda.Now);
    }

    private void Pump()
    {
        _pumpIsDue = false;
        while (_inbox.TryDequeue(out var input))
        {
            _world.Statistics.Inputs++;
            // It reads the clocks first: what its effects do to them, only the next tick sees.
            Process.Ticked();
            _driver.Take(input);
        }
    }

    // After whatever ran in this process: a term may have ended, by the loop, the ticker or a reader.
    private void Acted()
    {
        Work.Notice();
        _world.Acted();
    }
}
