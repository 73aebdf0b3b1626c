using Microsoft.Extensions.Hosting;

namespace LeaseElection.Simulation.Shell.Parts;

/// <summary>The same with lifecycle hooks.</summary>
internal sealed class HookedTimerPart<TSlot>(PartMaker maker, LeadershipTerm term, ScopedThing scoped) : TimerPart<TSlot>(maker, term, scoped), IHostedLifecycleService
    where TSlot : ISlot
{
    public Task StartingAsync(CancellationToken cancellationToken) => Hooks.StartingAsync(Body, cancellationToken);

    public Task StartedAsync(CancellationToken cancellationToken) => Hooks.StartedAsync(Body, cancellationToken);

    public Task StoppingAsync(CancellationToken cancellationToken) => Hooks.StoppingAsync(Body, cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Hooks.StoppedAsync(Body, cancellationToken);
}
