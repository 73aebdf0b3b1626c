using Microsoft.Extensions.Hosting;

namespace LeaseElection.Hosting;

/// <summary>A service that does nothing until it is stopped, for the rehearsal.</summary>
internal sealed class NoWork : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken) =>
        await new TaskCompletionSource().Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
