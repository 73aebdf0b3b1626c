using System.Diagnostics.CodeAnalysis;
using k8s;
using LeaseElection.Announcing;
using LeaseElection.Diagnostics;
using LeaseElection.Election;
using LeaseElection.Leases;
using LeaseElection.Leases.Kubernetes;
using LeaseElection.Pump;
using LeaseElection.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeaseElection;

/// <summary>
/// A candidate in an election, without dependency injection: <c>new LeaderElector(configuration, options)</c>, then
/// <see cref="RunAsync"/>. In a host, use <c>AddLeaderElection</c>.
/// </summary>
/// <remarks>All members may be used from any thread. What it guarantees, and what not, is in docs/safety.md.</remarks>
public sealed class LeaderElector : ILeaderElection, IAsyncDisposable, IDisposable
{
    private readonly ElectorContext _context;
    private readonly WorkCompletionPolicy? _whenWorkCompletes;
    private readonly LeadershipBoard _board = new();
    // Never disposed of itself: it has no timer, and disposing twice has to be harmless.
    [SuppressMessage("Usage", "CA2213", Justification = "See above.")]
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private readonly StartHint? _startHint;
    private ElectionPump? _pump;
    private Task _running = Task.CompletedTask;
    private ElectionSettings _settings;
    private bool _isPaused;

    /// <summary>Makes a candidate; nothing is sent before <see cref="RunAsync"/>.</summary>
    /// <param name="configuration">How to reach the API server. Not the application's client is used, but one that all electors with this very object share.</param>
    /// <param name="options">The settings; <see cref="LeaderElectionOptions.LeaseName"/> must be set. Read once, now.</param>
    /// <param name="timeProvider">The clocks; null: the system's.</param>
    /// <param name="loggerFactory">Where to log; null: nowhere.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is missing or out of its range.</exception>
    public LeaderElector(
        KubernetesClientConfiguration configuration,
        LeaderElectionOptions options,
        TimeProvider? timeProvider = null,
        ILoggerFactory? loggerFactory = null)
        : this(
            Monitored(
                ContextFor(
                    options?.LeaseName,
                    configuration ?? throw new ArgumentNullException(nameof(configuration)),
                    options ?? throw new ArgumentNullException(nameof(options)),
                    timeProvider ?? TimeProvider.System,
                    loggerFactory ?? NullLoggerFactory.Instance,
                    ForeignQueues.For(loggerFactory ?? NullLoggerFactory.Instance, timeProvider ?? TimeProvider.System)),
                ElectionMeter.Shared),
            options.WhenWorkCompletes)
    {
    }

    internal LeaderElector(ElectorContext context, WorkCompletionPolicy? whenWorkCompletes)
    {
        _context = context;
        _settings = context.Settings;
        _whenWorkCompletes = whenWorkCompletes;
        // Without a host it is plain who has to call RunAsync.
        _startHint = context.StopHost is null ? null : new(context);
    }

    /// <inheritdoc/>
    public string Name => _context.Name;

    /// <inheritdoc/>
    public string Identity => _context.Settings.Identity;

    /// <inheritdoc/>
    public bool IsLeader => _board.Term is not null;

    /// <inheritdoc/>
    public LeadershipTerm? Term => _board.Term;

    /// <inheritdoc/>
    public string? LeaderIdentity => _board.LeaderIdentity;

    /// <summary>
    /// Campaigns until stopped, and runs the work while this candidate leads: once per term, never beside the work of an earlier term.
    /// </summary>
    /// <param name="work">
    /// The work. It gets its term and a token, and must end soon after that is cancelled. Runs on the thread pool, without the caller's execution
    /// context (no <c>Activity</c>, no <c>AsyncLocal</c> flows into it). When it
    /// returns by itself we resign and this method returns; see <see cref="LeaderElectionOptions.WhenWorkCompletes"/>. When it throws,
    /// see <see cref="LeaderElectionOptions.WhenWorkFails"/>.
    /// </param>
    /// <param name="cancellationToken">Stops gracefully: the term ends, the work is drained while we still renew, the Lease is released.</param>
    /// <returns>
    /// A task that ends, without an exception, after such a stop, or when the work has completed. It does not wait for work that outlives
    /// DrainTimeout; the Lease is then renewed in the background for as long as the work runs.
    /// </returns>
    /// <exception cref="InvalidOperationException">It runs already: one run at a time.</exception>
    /// <exception cref="ObjectDisposedException">The elector was disposed.</exception>
    /// <exception cref="TimeoutException">The work overran, under <see cref="WorkOverrunPolicy.StopHost"/>.</exception>
    /// <exception cref="Exception">Whatever the work threw, under <see cref="WorkFailurePolicy.StopHost"/>.</exception>
    public Task RunAsync(Func<LeadershipTerm, CancellationToken, Task> work, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return CampaignAsync((term, _) => work(term, term.CreateStopToken()), _whenWorkCompletes ?? WorkCompletionPolicy.Resign, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<LeadershipTerm> WaitForLeadershipAsync(CancellationToken cancellationToken = default)
    {
        var waiting = _board.WaitForTermAsync(Name, cancellationToken);
        _startHint?.Watch(waiting);
        return waiting;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LeadershipChange> WatchAsync(CancellationToken cancellationToken = default) => _board.WatchAsync(cancellationToken);

    /// <inheritdoc/>
    public void StepDown() => Volatile.Read(ref _pump)?.Post(new ElectionInput.StepDownRequested());

    /// <inheritdoc/>
    public Task StepDownAsync(CancellationToken cancellationToken = default) =>
        (Volatile.Read(ref _pump)?.AskAsync(new ElectionInput.StepDownRequested()) ?? Task.CompletedTask).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public bool IsPaused => Volatile.Read(ref _isPaused);

    /// <inheritdoc/>
    public void Pause() => SetPaused(true, static (pump, ask) => Posted(pump, ask));

    /// <inheritdoc/>
    public Task PauseAsync(CancellationToken cancellationToken = default) => SetPaused(true, static (pump, ask) => pump.AskAsync(ask)).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Resume() => SetPaused(false, static (pump, ask) => Posted(pump, ask));

    /// <summary>Stops gracefully, as cancelling <see cref="RunAsync"/> does, and waits until that is done.</summary>
    /// <returns>A task that ends when nothing is held any more, or when the work has overrun.</returns>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        Task running;
        lock (_gate)
            running = _running;
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stops gracefully, as <see cref="DisposeAsync"/> does, but returns at once: the work ends, and the Lease is released, in the background.</summary>
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

    /// <summary>Gets why its run cannot act; null when it can.</summary>
    internal string? CannotAct => Volatile.Read(ref _pump)?.CannotAct;

    /// <summary>Gets what is wrong with loggers, listeners and host callbacks, for which the election does not wait.</summary>
    internal IEnumerable<string> ForeignTroubles => ForeignQueue.Troubles(
        _context.Settings.RenewDeadline / 2, _context.Queues?.Log, _context.Queues?.Host, _context.Monitor?.Listeners);

    /// <summary>Gets how many inputs its run has not dealt with yet: tests that move a clock by hand wait for it.</summary>
    internal int Backlog => Volatile.Read(ref _pump)?.Backlog ?? 0;

    /// <summary>Runs in the background until stopped by either of the tokens; see <see cref="RunAsync"/>.</summary>
    internal Task CampaignAsync(TermBody body, WorkCompletionPolicy whenWorkCompletes, CancellationToken stop, CancellationToken hostStops = default)
    {
        _startHint?.Begun();
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            // Work that overran its stop counts: S6 holds across runs too.
            if (_pump is not null)
                throw new InvalidOperationException($"The election '{Name}' runs already (or work of its last run does): one run at a time.");
            var disposed = _disposed.Token;
            var context = _context with
            {
                Settings = _settings with { WhenWorkCompletes = whenWorkCompletes },
                StopAsked = () => stop.IsCancellationRequested || hostStops.IsCancellationRequested || disposed.IsCancellationRequested,
            };
            return _running = CleanContext.Run(() =>
            {
                // Made outside of the pump's task, so that a broken configuration is thrown to the caller.
#pragma warning disable CA2000 // It closes itself when its run ends.
                var pump = new ElectionPump(context, _board, body);
#pragma warning restore CA2000
                // Before it starts: a replica that begins paused does not campaign for a moment first.
                if (_isPaused)
                    pump.Post(new ElectionInput.PauseRequested());
                Volatile.Write(ref _pump, pump);
                return UntilOverAsync(pump, [stop, hostStops, disposed]);
            });
        }
    }

    /// <summary>Takes other settings for what begins from now on; a term keeps its own, and what an elector is made of stays as it is.</summary>
    /// <returns>Whether anything is different.</returns>
    internal bool Use(ElectionSettings settings)
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
            Volatile.Read(ref _pump)?.Use(_settings);
            return true;
        }
    }

    internal static ElectorContext ContextFor(
        string? name, KubernetesClientConfiguration configuration, LeaderElectionOptions options, TimeProvider time, ILoggerFactory loggers, ForeignQueues queues)
    {
        var leaseNamespace = KubernetesNamespace.Resolve(options.Namespace, configuration, Machine.This);
        var labels = options.Labels.ToDictionary(StringComparer.Ordinal);
        var context = ContextFor(name, leaseNamespace, options, time, loggers, queues, (lease, timeout) =>
            KubernetesLeaseStores.Create(configuration, leaseNamespace, lease, labels, timeout, time));
        var timeout = context.Settings.RequestTimeout;
        return context with
        {
            Announcers = TermAnnouncers.Of(
                options,
                new(() => SharedConnections.Join(configuration, timeout, time), leaseNamespace, options.LeaseName ?? name!, context.Settings.Identity, timeout, time, context.Logger),
                Machine.This),
            // A clock that somebody moves by hand is a test's, which counts what happens.
            Rehearse = time == TimeProvider.System ? static () => Rehearsal.Begin(static (_, _) => Task.CompletedTask) : null,
        };
    }

    /// <summary>The same for a Lease wherever it is kept: what opens the store gets the Lease's name and the request timeout.</summary>
    internal static ElectorContext ContextFor(
        string? name,
        string leaseNamespace,
        LeaderElectionOptions options,
        TimeProvider time,
        ILoggerFactory loggers,
        ForeignQueues queues,
        Func<string, TimeSpan, ILeaseStore> openStore)
    {
#pragma warning disable CA5394 // Spreads renewals in time; guards nothing.
        var settings = SettingsFactory.Create(name, options) with { FirstRenewal = 0.25 + (0.75 * new Random().NextDouble()) };
#pragma warning restore CA5394
        var leaseName = options.LeaseName ?? name!;
        return new()
        {
            Name = name ?? leaseName,
            Settings = settings,
            Lease = $"{leaseNamespace}/{leaseName}",
            OpenStore = () => openStore(leaseName, settings.RequestTimeout),
            Time = time,
            Logger = queues.Logger(loggers),
            Queues = queues,
        };
    }

    /// <summary>The same, counted and measured by this meter.</summary>
    internal static ElectorContext Monitored(ElectorContext context, ElectionMeter meter) =>
        context with { Monitor = new(meter, context.Time, context.Name, context.Lease, context.Settings.Identity) };

    // In order: what was asked for last is what the election hears last.
    private Task SetPaused(bool paused, Func<ElectionPump, ElectionInput, Task> send)
    {
        lock (_gate)
        {
            Volatile.Write(ref _isPaused, paused);
            return Volatile.Read(ref _pump) is { } pump
                ? send(pump, paused ? new ElectionInput.PauseRequested() : new ElectionInput.ResumeRequested())
                : Task.CompletedTask;
        }
    }

    private static Task Posted(ElectionPump pump, ElectionInput ask)
    {
        pump.Post(ask);
        return Task.CompletedTask;
    }

    private async Task UntilOverAsync(ElectionPump pump, CancellationToken[] stops)
    {
        var registrations = stops.Select(stop => stop.UnsafeRegister(static state => ((ElectionPump)state!).Post(new ElectionInput.StopRequested()), pump)).ToList();
        try
        {
            var loop = Task.Run(() => LoopAsync(pump), CancellationToken.None);
            if (await pump.MayReturn.ConfigureAwait(false))
                await loop.ConfigureAwait(false);
        }
        finally
        {
            // Not awaited: a callback of somebody else on the same token may block.
            foreach (var registration in registrations)
                registration.Unregister();
            if (_context.Queues is { } queues)
                await queues.FlushAsync().ConfigureAwait(false);
        }

        if (pump.Failure is { } failure && _context.StopHost is null)
            throw failure;
    }

    private async Task CloseAfterAsync(Task running)
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _board.Close();
    }

    private async Task LoopAsync(ElectionPump pump)
    {
        try
        {
            await pump.RunAsync().ConfigureAwait(false);
        }
        finally
        {
            // S6, also where the loop broke down: no other run begins while work of this one goes on.
            _ = ForgetAfterAsync(pump, pump.WorkEnded);
        }
    }

    private async Task ForgetAfterAsync(ElectionPump pump, Task workEnded)
    {
        await workEnded.ConfigureAwait(false);
        Interlocked.CompareExchange(ref _pump, null, pump);
        pump.EndWaits();
    }
}
