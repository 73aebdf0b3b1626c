using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Parts;
using LeaseElection.Simulation.Shell.Records;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Simulation.Shell.Hosts;

/// <summary>A service whose start waits for leadership: a mistake, because campaigning begins when the host has started.</summary>
internal sealed class ImpatientService(ILeaderElection election, HostRecord host, Actor actor, WorldTime time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (actor.IsCalm)
            return;
        host.StartWaitsSince = time.Now;
        await Task.WhenAny(election.WaitForLeadershipAsync(cancellationToken), actor.LetGo.Opened);
        host.StartWaitsSince = null;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
