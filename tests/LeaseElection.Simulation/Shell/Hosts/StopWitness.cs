using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Records;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Simulation.Shell.Hosts;

/// <summary>Registered before the election, so that its StoppingAsync is called when the election's has returned.</summary>
internal sealed class StopWitness(HostRecord host, WorldTime time) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        host.StopWentOnAt ??= time.Now;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
