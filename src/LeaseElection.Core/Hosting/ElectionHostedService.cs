using System.Diagnostics.CodeAnalysis;
using LeaseElection.Diagnostics;
using LeaseElection.Hosting.Work;
using LeaseElection.Runtime;
using LeaseElection.Runtime.Loop;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Hosting;

/// <summary>
/// Runs one election in a host: campaigns from ApplicationStarted, drains from ApplicationStopping. The host's start never waits for the
/// API server. Its stop waits for the work before any other hosted service is stopped.
/// </summary>
internal sealed class ElectionHostedService(
    Elector elector,
    ElectorContext context,
    ElectionRegistration registration,
    WorkCompletionPolicy whenWorkCompletes,
    IServiceProvider services) : IHostedLifecycleService, IDisposable
{
    // Never disposed: the election may go on for work that overruns, and the source has neither timer nor wait handle.
    [SuppressMessage("Usage", "CA2213", Justification = "See above.")]
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IDisposable> _callbacks = [];
    private readonly Lock _gate = new();
    private CancellationToken _hostStops;
    private Action? _tellAll;
    private Task _running = Task.CompletedTask;
    private bool _isDisposed;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // In a clean context: all elections may share what it opens, for ever. A configuration that cannot be used (a missing certificate,
        // …) must fail the start, not something later.
        await CleanContext.Run(() => context.OpenStore().DisposeAsync().AsTask()).ConfigureAwait(false);
        HostChecks.NoServiceRunsTwice(registration, services);
        context.SayWhere?.Invoke();
        _hostStops = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var signals = services.GetRequiredService<HostSignals>();
        signals.WhenStarted(Campaign);
        signals.WhenStopping(Leave);
        _tellAll = signals.TellStopping;
        _callbacks.AddRange(new OptionsReload(services, registration.Name, elector, context).Listen());
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // The host stops its services one after the other, but the elections drain side by side. Needed also where the
        // host did not raise ApplicationStopping: its services can be stopped without it.
        Leave();
        _tellAll?.Invoke();
        Task running;
        lock (_gate)
            running = _running;
        try
        {
            await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ElectionLog.ShutdownTooShort(context.Logger, context.Lease, context.Settings.DrainTimeout);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
        }

        Leave();
        // On another thread: disposing of a registration waits for its callback, and a running reload may wait for the application's code.
        ThreadPool.UnsafeQueueUserWorkItem(
            static callbacks =>
            {
                foreach (var callback in callbacks)
                    callback.Dispose();
            },
            _callbacks,
            preferLocal: false);
    }

    private void Campaign()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            try
            {
                var work = new TermWork(services.GetRequiredService<IServiceScopeFactory>(), registration.Works);
                _running = ObserveAsync(elector.CampaignAsync(work.RunAsync, whenWorkCompletes, _stopping.Token, _hostStops));
            }
            catch (ObjectDisposedException)
            {
                // The host was disposed of while it started.
            }
            catch (Exception error)
            {
                // What worked at the host's start fails now, and there is no caller to throw to.
                ElectionLog.BrokeDown(context.Logger, context.Lease, context.Settings.Identity, error);
                context.Monitor?.End(error);
                context.StopHost?.Invoke();
            }
        }
    }

    private void Leave() => _stopping.Cancel(); // Only our own callback: it posts an input.

    // The loop has logged why it broke down, and stops the host.
    private static async Task ObserveAsync(Task run) => await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
