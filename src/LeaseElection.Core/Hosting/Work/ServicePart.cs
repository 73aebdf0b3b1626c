using Microsoft.Extensions.Hosting;

namespace LeaseElection.Hosting.Work;

/// <summary>
/// A hosted service in one term (S8). It has ended when its StopAsync has returned or thrown and its ExecuteTask is done; only after that
/// is it disposed of. A StartAsync that throws ends nothing: what it has begun is stopped like anything else.
/// </summary>
/// <param name="create">Makes the instance, or takes it from the container, which then disposes of it.</param>
/// <param name="failed">Receives what the service throws.</param>
/// <param name="time">The clock that paces the search for a late ExecuteTask.</param>
/// <param name="stop">Cancelled when the part is to stop.</param>
/// <param name="hurry">Cancelled when its time to stop is over: StopAsync may return then, though the work goes on.</param>
internal sealed class ServicePart(
    Func<ServiceInstance> create, Action<Exception> failed, TimeProvider time, CancellationToken stop, CancellationToken hurry)
{
    // How long a failure may stay unseen when the service sets its ExecuteTask late: while StartAsync waits, or after it has returned.
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IHostedService? _service;
    private bool _isOurs;
    private Task? _before;
    private int _observed;
    private Task? _observing;

    /// <summary>
    /// Gets a task that ends when the service has ended by itself. Only a BackgroundService shows that; any
    /// other works until it is stopped.
    /// </summary>
    public Task Completion => _completion.Task;

    /// <summary>Starts the service, with the hooks around it.</summary>
    /// <returns>A task that ends when the last of them has returned or thrown; it does not fail.</returns>
    public Task StartAsync() => UserCode.RunAsync(
        async () =>
        {
            stop.ThrowIfCancellationRequested();
            var (service, isOurs) = create();
            RunningInstances.Begin(service);
            // A singleton of the container still has the task of its last term.
            _before = (service as BackgroundService)?.ExecuteTask;
            _isOurs = isOurs;
            _service = service;
            var hooks = service as IHostedLifecycleService;
            if (hooks is not null)
                await hooks.StartingAsync(stop).ConfigureAwait(false);
            // In parallel: the start of the work does not wait for a search that is hardly ever needed.
            _ = Task.Run(() => LookForTaskAsync(service), CancellationToken.None);
            var starting = service.StartAsync(stop);
            // Now: the work may fail while StartAsync still does something else.
            Observe(service);
            try
            {
                await starting.ConfigureAwait(false);
            }
            finally
            {
                Observe(service);
            }

            if (hooks is not null)
                await hooks.StartedAsync(stop).ConfigureAwait(false);
        },
        failed,
        stop);

    /// <summary>Stops the service once it has started, and returns when nothing of it runs any more; it does not fail.</summary>
    public async Task StopAsync(Task started)
    {
        await started.ConfigureAwait(false);
        if (_service is not { } service)
            return;
        var hooks = service as IHostedLifecycleService;
        if (hooks is not null)
            await CallAsync(() => hooks.StoppingAsync(hurry)).ConfigureAwait(false);
        await CallAsync(() => service.StopAsync(hurry)).ConfigureAwait(false);
        if (hooks is not null)
            await CallAsync(() => hooks.StoppedAsync(hurry)).ConfigureAwait(false);
        // Await every task that appears, also one that replaces another: base.StartAsync may be called late, or twice.
        for (var awaited = _before; service is BackgroundService { ExecuteTask: { } execute } && execute != awaited; awaited = execute)
            await CallAsync(() => execute).ConfigureAwait(false);
        if (Volatile.Read(ref _observing) is { } observing)
            await observing.ConfigureAwait(false);
        _stopped.TrySetResult();
        RunningInstances.End(service);
        if (_isOurs)
            await CallAsync(() => DisposeAsync(service).AsTask()).ConfigureAwait(false);
    }

    private static async ValueTask DisposeAsync(IHostedService service)
    {
        if (service is IAsyncDisposable asynchronous)
            await asynchronous.DisposeAsync().ConfigureAwait(false);
        else
            (service as IDisposable)?.Dispose();
    }

    // Once the part is told to stop, or to hurry, a cancellation is expected.
    private Task<bool> CallAsync(Func<Task> call) => UserCode.RunAsync(call, failed, stop.IsCancellationRequested ? stop : hurry);

    // No event tells that a service has called base.StartAsync: it may do so late, or hold the thread afterwards. So look for its task
    // until it is there, or until the service has stopped.
    private async Task LookForTaskAsync(IHostedService service)
    {
        while (service is BackgroundService && Volatile.Read(ref _observed) == 0 && !_stopped.Task.IsCompleted)
        {
            await _stopped.Task.WaitAsync(LookAgain, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Observe(service);
        }
    }

    private void Observe(IHostedService service)
    {
        if (service is BackgroundService { ExecuteTask: { } execute } && execute != _before && Interlocked.Exchange(ref _observed, 1) == 0)
            Volatile.Write(ref _observing, ObserveAsync(execute));
    }

    private async Task ObserveAsync(Task execute)
    {
        await UserCode.RunAsync(() => execute, failed, stop).ConfigureAwait(false);
        _completion.TrySetResult();
    }
}
