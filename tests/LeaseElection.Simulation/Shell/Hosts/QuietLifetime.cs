using Microsoft.Extensions.Hosting;

namespace LeaseElection.Simulation.Shell.Hosts;

/// <summary>Many hosts in one process: none of them listens to the process's signals.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
