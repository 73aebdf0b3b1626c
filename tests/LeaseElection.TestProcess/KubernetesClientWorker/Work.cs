namespace LeaseElection.TestProcess.KubernetesClientWorker;

/// <summary>
/// What must not run twice: begun and ended by the elector's events, and never while <c>IsLeader</c> denies that it leads.
/// </summary>
internal sealed class Work(JsonLines lines, k8s.LeaderElection.LeaderElector elector, TimeSpan pace) : IDisposable
{
    private readonly Lock _lock = new();
    private CancellationTokenSource? _stop;
    private Task _run = Task.CompletedTask;

    public void Begin()
    {
        lock (_lock)
        {
            _stop?.Cancel();
            _stop = new();
            _run = RunAsync(_run, _stop.Token);
        }
    }

    public void End()
    {
        lock (_lock)
            _stop?.Cancel();
    }

    public Task EndedAsync()
    {
        lock (_lock)
            return _run;
    }

    public void Dispose() => _stop?.Dispose();

    private async Task RunAsync(Task last, CancellationToken cancellationToken)
    {
        await last;
        lines.Say("leading");
        while (!cancellationToken.IsCancellationRequested)
        {
            if (elector.IsLeader())
                lines.Say("working");
            await Task.Delay(pace, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lines.Say("ended");
    }
}
