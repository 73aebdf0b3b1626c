using System.Threading.Channels;
using LeaseElection.Diagnostics;
using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Leases;
using LeaseElection.Runtime.Requests;
using LeaseElection.Runtime.Terms;

namespace LeaseElection.Runtime.Loop;

/// <summary>
/// One run of an elector: takes inputs from a channel one by one, has the driver decide, and does what it says with tasks and a timer. No
/// user code runs on it.
/// </summary>
internal sealed class ElectionLoop : IElectionEffects, IDisposable
{
    private readonly Channel<ElectionInput> _inputs =
        Channel.CreateUnbounded<ElectionInput>(new() { SingleReader = true, AllowSynchronousContinuations = false });

    private readonly ElectorContext _context;
    private readonly ILeaseStore _store;
    private readonly ElectionDriver _driver;
    private readonly TermBody _body;
    private readonly CancellationTokenSource _requests = new();
    private readonly TaskCompletionSource<bool> _mayReturn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private readonly Vitals _vitals;
    private readonly RequestReports _reports;
    private readonly LeavingWaits _leaving = new();
    private WatchRun? _watch;
    private int _backlog;
    private bool _finished;

    public ElectionLoop(ElectorContext context, LeadershipState leadership, TermBody body)
    {
        _context = context;
        _body = body;
        _store = context.OpenStore();
        _vitals = new(context.Time, context.Settings.RenewDeadline);
        _reports = new(context, _vitals, Post);
        _driver = new(context, leadership, this);
        _timer = context.Time.CreateTimer(
            static state => ((ElectionLoop)state!).Woken(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Gets a task that completes when the caller may stop waiting: true when the run is over, false when work overran a stop.
    /// </summary>
    public Task<bool> MayReturn => _mayReturn.Task;

    /// <summary>Gets a task that ends with the work of the latest term.</summary>
    public Task WorkEnded { get; private set; } = Task.CompletedTask;

    /// <summary>Gets what the work threw, where the policy makes that the end of the election; null otherwise.</summary>
    public Exception? Failure => _driver.Failure;

    /// <summary>
    /// Gets why this election cannot act: its loop takes no input though some wait, its timer did not fire, or a write did not end. Each is
    /// noticed well within RenewDeadline. Null when it can act.
    /// </summary>
    public string? CannotAct => _vitals.CannotAct(Volatile.Read(ref _backlog) > 0);

    /// <summary>Gets whom it stands by for; from any thread.</summary>
    public StandbyBoard Standby => _driver.Standby;

    /// <summary>Takes new settings for what begins from now on. From any thread.</summary>
    public void Use(ElectionSettings settings) => _driver.Use(settings);

    /// <summary>Takes an input from any thread. After the end, inputs are ignored.</summary>
    public void Post(ElectionInput input)
    {
        if (Interlocked.Increment(ref _backlog) == 1)
            _vitals.InputTaken();
        if (!_inputs.Writer.TryWrite(input))
            Interlocked.Decrement(ref _backlog);
    }

    /// <summary>Takes an input from any thread, and waits until nothing is held and no work runs.</summary>
    public Task AskAsync(ElectionInput ask)
    {
        var leaving = _leaving.Add(ask);
        Post(ask);
        return leaving;
    }

    /// <summary>Tells the callers that wait that the run and its work are over.</summary>
    public void EndWaits() => _leaving.End();

    /// <summary>Runs until the election is over here: stopped, with no hold and no work running.</summary>
    public async Task RunAsync()
    {
        ElectionLog.Campaigning(_context.Logger, _context.Lease, _context.Settings.Identity);
        _context.Monitor?.Begin();
        Exception? brokeDown = null;
        try
        {
            Post(new ElectionInput.Started());
            while (!_finished)
            {
                var input = await _inputs.Reader.ReadAsync().ConfigureAwait(false);
                _vitals.InputTaken();
                _driver.Take(input);
                _leaving.Taken(input, hasLeft: !_driver.State.NeedsTicks);
                Interlocked.Decrement(ref _backlog);
            }

            ElectionLog.Left(_context.Logger, _context.Lease, _context.Settings.Identity);
        }
        catch (Exception error)
        {
            // A defect of ours. From here on no one may believe that we lead; a restarted host may take part again.
            brokeDown = error;
            try
            {
                _driver.Abandon();
            }
            finally
            {
                ElectionLog.BrokeDown(_context.Logger, _context.Lease, _context.Settings.Identity, error);
                _context.StopHost?.Invoke();
            }

            throw;
        }
        finally
        {
            try
            {
                await CloseAsync().ConfigureAwait(false);
            }
            finally
            {
                _context.Monitor?.End(brokeDown);
                _mayReturn.TrySetResult(true);
            }
        }
    }

    void IElectionEffects.Write(in Effect effect)
    {
        _reports.WriteBegan(effect.Number);
        StoreCalls.Write(_store, _reports, effect, _requests.Token);
    }

    void IElectionEffects.Read()
    {
        _reports.ReadBegan();
        _ = StoreCalls.ReadAsync(_store, _reports, _context.Settings.RenewDeadline * 0.75, _requests.Token);
    }

    void IElectionEffects.Probe(in Effect effect)
    {
        if (!effect.OnAnother)
            _reports.Trouble.Slow("update", _context.Settings.RequestTimeout / 2);
        _ = StoreCalls.ProbeAsync(_store, _reports, effect, _context.Settings.RenewDeadline, _requests.Token);
    }

    void IElectionEffects.Watch(long fromVersion)
    {
        _watch?.Stop();
        _watch = new();
        _watch.Start(_store, fromVersion, _reports);
    }

    void IElectionEffects.Wake(TimeSpan dueIn)
    {
        _vitals.TimerArmed(dueIn);
        _timer.Change(dueIn, Timeout.InfiniteTimeSpan);
    }

    void IElectionEffects.StartWork(HeldTerm term)
    {
        var run = new WorkRun(_body, term, _driver.Terms);
        WorkEnded = run.Ended;
        run.Start();
    }

    void IElectionEffects.ReturnFromStop() => _mayReturn.TrySetResult(false);

    void IElectionEffects.Finish() => _finished = true;

    public void Dispose()
    {
        _driver.Dispose();
        _timer.Dispose();
        _watch?.Dispose();
        _requests.Dispose();
    }

    private void Woken()
    {
        _vitals.TimerFired();
        Post(new ElectionInput.Woken());
    }

    private async Task CloseAsync()
    {
        _inputs.Writer.TryComplete();
        _watch?.Stop();
        ForeignCallbacks.Cancel(_requests);
        if (_watch is { } watch)
            await GuardAsync(() => watch.Completion).ConfigureAwait(false);
        foreach (var announcer in _context.Announcers)
            await GuardAsync(announcer.EndRunAsync).ConfigureAwait(false);
        await GuardAsync(() => _store.DisposeAsync().AsTask()).ConfigureAwait(false);
        Dispose();
    }

    // A step that throws is a defect in a store. The run ends all the same.
    private async Task GuardAsync(Func<Task> step)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            ElectionLog.StoreNotClosed(_context.Logger, _context.Lease, error);
        }
    }
}
