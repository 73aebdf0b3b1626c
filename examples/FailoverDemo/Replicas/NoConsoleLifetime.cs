namespace FailoverDemo.Replicas;

/// <summary>The replicas share one process: Ctrl+C is for the demo, which stops them in order.</summary>
internal sealed class NoConsoleLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
