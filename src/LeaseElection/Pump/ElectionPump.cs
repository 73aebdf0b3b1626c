using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using LeaseElection.Diagnostics;
using LeaseElection.Election;
using LeaseElection.Leases;

namespace LeaseElection.Pump;

/// <summary>
/// One run of an elector: takes inputs from a channel one by one, steps the machine, performs the effects. It decides nothing, and no
/// user code runs on it.
/// </summary>
internal sealed class ElectionPump : IDisposable
{
    private readonly Channel<ElectionInput> _inputs =
        Channel.CreateUnbounded<ElectionInput>(new() { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly ElectorContext _context;
    private readonly HolderClock _clock;
    private readonly ILeaseStore _store;
    private readonly TermKeeper _terms;
    private readonly CancellationTokenSource _requests = new();
    private readonly TaskCompletionSource<bool> _mayReturn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Effects _effects = new();
    private readonly ITimer _timer;
    private readonly Random _random = new();
    private ElectionState _state = ElectionState.Initial;
    private WatchRun? _watch;
    private IDisposable? _ticks;
    private bool _finished;

    public ElectionPump(ElectorContext context, LeadershipBoard board, Func<LeadershipTerm, CancellationToken, Task> work)
    {
        _context = context;
        _clock = HolderClock.For(context.Time);
        _store = context.OpenStore();
        Trouble = new(context.Logger, context.Lease);
        _terms = new(context, board, _clock, work, this);
        _timer = context.Time.CreateTimer(
            static state => ((ElectionPump)state!).Post(new ElectionInput.Woken()), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TroubleLog Trouble { get; }

    /// <summary>Gets a task that ends when whoever runs this need not wait any longer: true when it is over, false when work overran a stop.</summary>
    public Task<bool> MayReturn => _mayReturn.Task;

    /// <summary>Gets what the work threw, where the policy makes that the end of the election; null otherwise.</summary>
    public Exception? Failure => _terms.Failure;

    /// <summary>Takes an input from any thread. After the end, nobody listens.</summary>
    public void Post(ElectionInput input) => _inputs.Writer.TryWrite(input);

    /// <summary>Runs until the election is over here: stopped, nothing held, no work running.</summary>
    public async Task RunAsync()
    {
        ElectionLog.Campaigning(_context.Logger, _context.Lease, _context.Settings.Identity);
        try
        {
            Post(new ElectionInput.Started());
            while (!_finished)
                Take(await _inputs.Reader.ReadAsync().ConfigureAwait(false));
            ElectionLog.Left(_context.Logger, _context.Lease, _context.Settings.Identity);
        }
        catch (Exception error)
        {
            // A defect of ours. Nobody may believe that we lead from here on; a host that is started anew may take part again.
            _terms.Abandon();
            ElectionLog.BrokeDown(_context.Logger, _context.Lease, _context.Settings.Identity, error);
            _context.StopHost?.Invoke();
            throw;
        }
        finally
        {
            await CloseAsync().ConfigureAwait(false);
            _mayReturn.TrySetResult(true);
        }
    }

    public void Dispose()
    {
        _ticks?.Dispose();
        _timer.Dispose();
        _watch?.Dispose();
        _requests.Dispose();
    }

    [SuppressMessage("Security", "CA5394", Justification = "Jitter, and a nonce that tells writes apart; neither need be secret.")]
    private ulong NextRandom() => unchecked((ulong)_random.NextInt64(long.MinValue, long.MaxValue));

    private void Take(ElectionInput input)
    {
        var now = _clock.Read(NextRandom());
        ElectionMachine.Step(ref _state, input, now, _context.Settings, _effects);
        foreach (var effect in _effects)
            Perform(effect, now);
        _terms.Publish();
        KeepTicking();
    }

    private void Perform(in Effect effect, in Moment now)
    {
        switch (effect.Kind)
        {
            case EffectKind.BeginTerm:
                _terms.Begin(effect);
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
                _ = StoreCalls.WriteAsync(_store, this, effect, _requests.Token);
                break;
            case EffectKind.Read:
                _ = StoreCalls.ReadAsync(_store, this, _requests.Token);
                break;
            case EffectKind.Watch:
                Watch(effect.Version);
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
                _mayReturn.TrySetResult(false);
                break;
            case EffectKind.Finish:
                _finished = true;
                break;
            case EffectKind.Notify:
                Notices.Log(effect.Notice, _context);
                break;
            default:
                throw new InvalidOperationException($"Unknown effect {effect.Kind}.");
        }
    }

    private void Watch(long fromVersion)
    {
        _watch?.Stop();
        _watch = new();
        _watch.Start(_store, fromVersion, this);
    }

    private void Arm(MonotonicInstant at, MonotonicInstant now)
    {
        if (at == MonotonicInstant.Never)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // The system's timers know whole milliseconds and drop the rest: rounded down, one would fire early and be armed again for nothing.
        var due = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (at - now).TotalMilliseconds)));
        _timer.Change(due < MostDue ? due : MostDue, Timeout.InfiniteTimeSpan);
    }

    // Timers refuse more than 49 days; waking up once a day for a Lease of 30 years does no harm.
    private static TimeSpan MostDue => TimeSpan.FromDays(1);

    private void KeepTicking()
    {
        if (_state.NeedsTicks)
        {
            _ticks ??= _clock.Subscribe(_terms.OnTick);
        }
        else
        {
            _ticks?.Dispose();
            _ticks = null;
        }
    }

    private async Task CloseAsync()
    {
        _inputs.Writer.TryComplete();
        _watch?.Stop();
        await _requests.CancelAsync().ConfigureAwait(false);
        if (_watch is { } watch)
            await watch.Completion.ConfigureAwait(false);
        try
        {
            await _store.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error) // A defect in a store: nothing is held any more, and whoever waits for the end must hear of it.
        {
            ElectionLog.StoreNotClosed(_context.Logger, _context.Lease, error);
        }

        Dispose();
    }
}
