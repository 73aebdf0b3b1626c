using System.Text;
using LeaseElection.Election;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>
/// One machine, a server, and an adversary who decides what happens next: every order in which a pump could deliver it, and every edit
/// that somebody with kubectl could make. The monitor looks at each step.
/// </summary>
internal sealed class Walk(ElectionSettings settings)
{
    private static readonly DateTimeOffset Epoch = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly LeaseServer _server = new();
    private readonly SafetyMonitor _monitor = new();
    private readonly Effects _effects = new();
    private readonly List<Effect> _late = [];
    private readonly Queue<ElectionInput> _readAnswers = new();
    private ElectionState _state = ElectionState.Initial;
    private HolderTick _tick = new(default, Epoch, default);
    private MonotonicInstant _monotonic = new(TimeSpan.TicksPerHour);
    private MonotonicInstant _timer = MonotonicInstant.Never;
    private DateTimeOffset _wall = Epoch;
    private Effect? _write;
    private ElectionInput.WriteEnded? _reply;
    private bool _reading;
    private bool _works;
    private bool _restored;
    private long _term;
    private int _watched;
    private ulong _steps;

    public int Terms { get; private set; }

    public StringBuilder? Log { get; init; }

    public void Do(WalkAction action, int size)
    {
        if (action >= WalkAction.CommitLate)
            Log?.AppendLine(null, $"- {action} {size}");
        switch (action)
        {
            case WalkAction.Start:
                Take(new ElectionInput.Started());
                break;
            case WalkAction.Pass:
                Pass(settings.LeaseDuration * (size * size / 1e8));
                break;
            case WalkAction.PassToTimer:
                if (_timer != MonotonicInstant.Never)
                    Pass(TimeSpan.FromTicks(Math.Max(0, (_timer - _monotonic).Ticks)));
                Take(new ElectionInput.Woken());
                break;
            case WalkAction.Wake:
                Take(new ElectionInput.Woken());
                break;
            case WalkAction.StepWall:
                _wall += TimeSpan.FromSeconds(size - 5000) / 100;
                break;
            case WalkAction.Commit:
                Commit();
                break;
            case WalkAction.Answer:
                Commit();
                Reply();
                break;
            case WalkAction.TimeOut:
                TimeOut();
                break;
            case WalkAction.Refuse:
                if (_write is { } refused && _reply is null)
                    EndWrite(new(refused.Number, WriteResult.Rejected));
                break;
            case WalkAction.CommitLate when _late.Count > 0:
                var late = _late[size % _late.Count];
                _late.Remove(late);
                Apply(late);
                break;
            case WalkAction.EvaluateRead:
                EvaluateRead();
                break;
            case WalkAction.AnswerRead:
                EvaluateRead();
                if (_readAnswers.TryDequeue(out var answer))
                    EndRead(answer);
                break;
            case WalkAction.FailRead when _reading:
                EndRead(new ElectionInput.ReadEnded(size % 2 == 0 ? ReadResult.Failed : ReadResult.Rejected));
                break;
            case WalkAction.Watch:
                Watch();
                break;
            case WalkAction.WatchAll:
                while (Watch())
                    continue;
                break;
            case WalkAction.WatchOld when _server.History.Count > 0:
                Show(_server.History[size % Math.Max(1, Math.Min(_watched, _server.History.Count))]);
                break;
            case WalkAction.WatchSignal:
                Take(Signal(size % 4));
                break;
            case WalkAction.Stop:
                Take(new ElectionInput.StopRequested());
                break;
            case WalkAction.StepDown:
                Take(new ElectionInput.StepDownRequested());
                break;
            case WalkAction.Pause:
                Take(new ElectionInput.PauseRequested());
                break;
            case WalkAction.Resume:
                Take(new ElectionInput.ResumeRequested());
                break;
            case WalkAction.EndWork when _works && size % 2 == 0:
                _works = false;
                Take(new ElectionInput.WorkEnded(_term));
                break;
            case WalkAction.EndWork when _works:
                Take(new ElectionInput.WorkFailed(_term)); // A part of it; the rest goes on.
                break;
            case WalkAction.SeeExpiry:
                Take(new ElectionInput.ExpirySeen(_term - (size % 2)));
                break;
            case WalkAction.Restore:
                // From here on nothing but the machine's new writes counts versions up: one that nobody can notice is the documented limit.
                _restored = _server.History.Count > 0;
                if (_restored)
                    Others.Act(_server, action, size, _wall);
                _late.Clear();
                TimeOut(commits: false);
                if (_reading)
                    EndRead(new ElectionInput.ReadEnded(ReadResult.Failed));
                break;
            default:
                if (action >= WalkAction.OtherAcquires && !_restored)
                    Others.Act(_server, action, size, _wall);
                break;
        }
    }

    private static ElectionInput Signal(int which) => which switch
    {
        0 => new ElectionInput.WatchIdle(),
        1 => new ElectionInput.WatchExpired(),
        2 => new ElectionInput.WatchHealth(false),
        _ => new ElectionInput.WatchHealth(true),
    };

    private void Pass(TimeSpan span)
    {
        _monotonic += span;
        _wall += span;
    }

    private void Take(ElectionInput input)
    {
        _tick = _tick.Advance(_monotonic, _wall);
        var now = new Moment(_monotonic, _tick.Holder, _wall, ++_steps * 0x9E3779B97F4A7C15);
        if (input is ElectionInput.Woken)
            _timer = MonotonicInstant.Never;
        ElectionMachine.Step(ref _state, input, now, settings, _effects);
        Log?.AppendLine(null, $"{Seconds(now.Monotonic.Ticks)} {Seconds(now.Holder.Ticks)}: {input}");
        foreach (var effect in _effects)
            Log?.AppendLine(null, $"      {effect.Kind} {effect.Number} v{effect.Version} {(effect.Kind == EffectKind.Write ? effect.Write : "")}");
        _monitor.Check(input, now, settings, _effects);
        foreach (var effect in _effects)
            Perform(effect);
    }

    private static string Seconds(long ticks) => TimeSpan.FromTicks(ticks).ToString("mm':'ss'.'fff", null);

    private void Perform(in Effect effect)
    {
        switch (effect.Kind)
        {
            case EffectKind.Write:
                _write = effect;
                _reply = null;
                break;
            case EffectKind.Read:
                _reading = true;
                break;
            case EffectKind.Watch:
                var from = effect.Version;
                _watched = _server.History.FindIndex(h => h.Version > from) is var at and >= 0 ? at : _server.History.Count;
                break;
            case EffectKind.BeginTerm:
                Terms++;
                _term = effect.Number;
                _works = true;
                break;
            case EffectKind.ArmTimer:
                _timer = effect.At;
                break;
            default:
                break;
        }
    }

    private ElectionInput.WriteEnded Apply(in Effect write)
    {
        var reply = _server.Apply(write.Number, write.Write);
        if (reply.Result == WriteResult.Written)
            _monitor.Committed(write.Number);
        return reply;
    }

    private void Commit()
    {
        if (_write is { } write && _reply is null)
            _reply = Apply(write);
    }

    private void Reply()
    {
        if (_reply is { } reply)
            EndWrite(reply);
    }

    private void TimeOut(bool commits = true)
    {
        if (_write is not { } write)
            return;
        if (_reply is null && commits)
            _late.Add(write);
        EndWrite(new(write.Number, WriteResult.Unknown));
    }

    private void EndWrite(ElectionInput.WriteEnded reply)
    {
        _write = null;
        _reply = null;
        Take(reply);
    }

    private void EvaluateRead()
    {
        if (_reading && _readAnswers.Count == 0)
            _readAnswers.Enqueue(_server.Lease is { } lease ? new(ReadResult.Found, lease) : new ElectionInput.ReadEnded(ReadResult.Absent));
    }

    private void EndRead(ElectionInput answer)
    {
        _reading = false;
        _readAnswers.Clear();
        Take(answer);
    }

    private bool Watch()
    {
        if (_watched >= _server.History.Count || !_state.Requests.Watching)
            return false;
        Show(_server.History[_watched++]);
        return true;
    }

    private void Show((long Version, LeaseSnapshot? Lease) news) =>
        Take(news.Lease is { } lease ? new ElectionInput.LeaseSeen(lease) : new ElectionInput.LeaseDeleted(news.Version));
}
