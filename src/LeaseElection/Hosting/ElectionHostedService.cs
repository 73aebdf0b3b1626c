using LeaseElection.Diagnostics;
using LeaseElection.Pump;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Hosting;

/// <summary>
/// Runs one election in a host: campaigns from ApplicationStarted, drains from ApplicationStopping. The host's start never waits for the
/// API server; its stop waits for the work, before any other hosted service is stopped.
/// </summary>
internal sealed class ElectionHostedService(
    LeaderElector elector,
    ElectorContext context,
    ElectionRegistration registration,
    WorkCompletionPolicy whenWorkCompletes,
    IServiceProvider services) : IHostedLifecycleService, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IDisposable> _callbacks = [];
    private Task _running = Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // A configuration that cannot be used (a certificate that is not there, …) is an error of the start, not of some time later.
        await context.OpenStore().DisposeAsync().ConfigureAwait(false);
        HostChecks.NoServiceRunsTwice(registration, services);
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        _callbacks.Add(lifetime.ApplicationStarted.Register(Campaign));
        _callbacks.Add(lifetime.ApplicationStopping.Register(Leave));
        _callbacks.AddRange(new OptionsReload(services, elector, context).Listen());
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A host that is stopped by StopAsync alone asks its services one after the other; the elections shall drain side by side.
        foreach (var election in services.GetServices<IHostedService>().OfType<ElectionHostedService>())
            election.Leave();
        try
        {
            await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
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
        foreach (var callback in _callbacks)
            callback.Dispose();
        _stopping.Dispose();
    }

    private void Campaign()
    {
        var work = new TermWork(services.GetRequiredService<IServiceScopeFactory>(), registration);
        _running = ObserveAsync(elector.CampaignAsync(work.RunAsync, whenWorkCompletes, _stopping.Token));
    }

    private void Leave() => _stopping.Cancel();

    // The pump has logged why it broke down, and stops the host.
    private static async Task ObserveAsync(Task run) => await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
