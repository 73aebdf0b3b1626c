using System.Diagnostics.CodeAnalysis;
using LeaseElection.Diagnostics;
using LeaseElection.Election.Inputs;
using LeaseElection.Runtime.Terms;

namespace LeaseElection.Runtime.Loop;

/// <summary>An elector: runs the election's loop, one run at a time, and answers what any caller may ask about it.</summary>
internal sealed class Elector : IElector
{
    private readonly ElectorContext _context;
    private readonly WorkCompletionPolicy? _whenWorkCompletes;
    private readonly LeadershipState _leadership = new();
    // Never disposed: it has no timer, and disposing of the elector twice must be harmless.
    [SuppressMessage("Usage", "CA2213", Justification = "See above.")]
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private readonly StartHint? _startHint;
    private ElectionLoop? _loop;
    private Task _running = Task.CompletedTask;
    private ElectionSettings _settings;
    private bool _isPaused;

    public Elector(ElectorContext context, WorkCompletionPolicy? whenWorkCompletes)
    {
        _context = context;
        _settings = context.Settings;
        _whenWorkCompletes = whenWorkCompletes;
        // Without a host, callers know that they have to call RunAsync.
        _startHint = context.StopHost is null ? null : new(context);
    }

    public string Name => _context.Name;

    public string Identity => _context.Settings.Identity;

    public bool IsLeader => _leadership.Term is not null;

    public LeadershipTerm? Term => _leadership.Term;

    public string? LeaderIdentity => _leadership.LeaderIdentity;

    public bool IsPaused => Volatile.Read(ref _isPaused);

    /// <summary>Gets why its run cannot act; null when it can.</summary>
    public string? CannotAct => Volatile.Read(ref _loop)?.CannotAct;

    /// <summary>Gets whom its run stands by for; null when it does not run.</summary>
    public StandbyBoard? Standby => Volatile.Read(ref _loop)?.Standby;

    /// <summary>Gets what is wrong with loggers, listeners and host callbacks. The election does not wait for them.</summary>
    public IEnumerable<string> ForeignTroubles => ForeignQueue.Troubles(
        _context.Settings.RenewDeadline / 2, _context.Queues?.Log, _context.Queues?.Host, _context.Monitor?.Listeners);

    public Task RunAsync(Func<LeadershipTerm, CancellationToken, Task> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return CampaignAsync(
            (term, _) => work(term, term.CreateStopToken()),
            _whenWorkCompletes ?? WorkCompletionPolicy.Resign,
            cancellationToken);
    }

    public Task<LeadershipTerm> WaitForLeadershipAsync(CancellationToken cancellationToken = default)
    {
        var waiting = _leadership.WaitForTermAsync(Name, cancellationToken);
        _startHint?.Watch(waiting);
        return waiting;
    }

    public IAsyncEnumerable<LeadershipChange> WatchAsync(CancellationToken cancellationToken = default) =>
        _leadership.WatchAsync(cancellationToken);

    public void StepDown() => Volatile.Read(ref _loop)?.Post(new ElectionInput.StepDownRequested());

    public Task StepDownAsync(CancellationToken cancellationToken = default) =>
        (Volatile.Read(ref _loop)?.AskAsync(new ElectionInput.StepDownRequested()) ?? Task.CompletedTask).WaitAsync(cancellationToken);

    public void Pause() => SetPaused(true, static (loop, ask) => Posted(loop, ask));

    public Task PauseAsync(CancellationToken cancellationToken = default) =>
        SetPaused(true, static (loop, ask) => loop.AskAsync(ask)).WaitAsync(cancellationToken);

    public void Resume() => SetPaused(false, static (loop, ask) => Posted(loop, ask));

    public async ValueTask DisposeAsync()
    {
        Dispose();
        Task running;
        lock (_gate)
            running = _running;
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        Task running;
        lock (_gate)
        {
            if (_disposed.IsCancellationRequested)
                return;
            _disposed.Cancel(); // Only our own callbacks: they post an input.
            running = _running;
        }

        _ = CloseAfterAsync(running);
    }

    /// <summary>Runs in the background until stopped by either of the tokens; see <see cref="RunAsync"/>.</summary>
    public Task CampaignAsync(
        TermBody body, WorkCompletionPolicy whenWorkCompletes, CancellationToken stop, CancellationToken hostStops = default)
    {
        _startHint?.Begun();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            // Work that overran its stop counts as a run: S6 holds across runs too.
            if (_loop is not null)
                throw new InvalidOperationException(
                    $"The election '{Name}' runs already (or work of its last run does): one run at a time.");
            var disposed = _disposed.Token;
            var context = _context with
            {
                Settings = _settings with { WhenWorkCompletes = whenWorkCompletes },
                StopAsked = () => stop.IsCancellationRequested || hostStops.IsCancellationRequested || disposed.IsCancellationRequested,
            };
            return _running = CleanContext.Run(() =>
            {
                // Made outside the loop's task, so that a broken configuration throws to the caller.
#pragma warning disable CA2000 // It closes itself when its run ends.
                var loop = new ElectionLoop(context, _leadership, body);
#pragma warning restore CA2000
                // Before the loop starts: a replica that begins paused must not campaign even for a moment.
                if (_isPaused)
                    loop.Post(new ElectionInput.PauseRequested());
                Volatile.Write(ref _loop, loop);
                return UntilOverAsync(loop, [stop, hostStops, disposed]);
            });
        }
    }

    /// <summary>
    /// Takes other settings for what begins from now on; a term keeps its own, and what an elector is made of stays as it is.
    /// </summary>
    /// <returns>Whether anything is different.</returns>
    public bool Use(ElectionSettings settings)
    {
        lock (_gate)
        {
            var old = _settings;
            _settings = settings with
            {
                Identity = old.Identity,
                FirstRenewal = old.FirstRenewal,
                WhenWorkCompletes = old.WhenWorkCompletes,
            };
            if (_settings == old)
                return false;
            Volatile.Read(ref _loop)?.Use(_settings);
            return true;
        }
    }

    // Under the lock, so that the latest request is the last that the loop takes.
    private Task SetPaused(bool paused, Func<ElectionLoop, ElectionInput, Task> send)
    {
        lock (_gate)
        {
            Volatile.Write(ref _isPaused, paused);
            return Volatile.Read(ref _loop) is { } loop
                ? send(loop, paused ? new ElectionInput.PauseRequested() : new ElectionInput.ResumeRequested())
                : Task.CompletedTask;
        }
    }

    private static Task Posted(ElectionLoop loop, ElectionInput ask)
    {
        loop.Post(ask);
        return Task.CompletedTask;
    }

    private async Task UntilOverAsync(ElectionLoop loop, CancellationToken[] stops)
    {
        var registrations = stops
            .Select(stop => stop.UnsafeRegister(static state => ((ElectionLoop)state!).Post(new ElectionInput.StopRequested()), loop))
            .ToList();
        try
        {
            var running = Task.Run(() => LoopAsync(loop), CancellationToken.None);
            if (await loop.MayReturn.ConfigureAwait(false))
                await running.ConfigureAwait(false);
        }
        finally
        {
            // Not awaited: another callback on the same token may block.
            foreach (var registration in registrations)
                registration.Unregister();
            if (_context.Queues is { } queues)
                await queues.FlushAsync().ConfigureAwait(false);
        }

        if (loop.Failure is { } failure && _context.StopHost is null)
            throw failure;
    }

    private async Task CloseAfterAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _leadership.Close();
    }

    private async Task LoopAsync(ElectionLoop loop)
    {
        try
        {
            await loop.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            // S6, also when the loop broke down: no other run begins while work of this one goes on.
            _ = ForgetAfterAsync(loop, loop.WorkEnded);
        }
    }

    private async Task ForgetAfterAsync(ElectionLoop loop, Task workEnded)
    {
        await workEnded.ConfigureAwait(false);
        Interlocked.CompareExchange(ref _loop, null, loop);
        loop.EndWaits();
    }
}
