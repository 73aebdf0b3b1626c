using System.Diagnostics.Metrics;
using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Parts;
using LeaseElection.Simulation.Shell.Plans;
using LeaseElection.Simulation.Shell.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Simulation.Shell.Hosts;

/// <summary>The application's code around the election: callbacks, listeners and observers that throw or hold threads.</summary>
internal sealed class ForeignCode(IReadOnlyList<Foreign> plan, HostRecord host, Actor actor, WorldTime time) : IDisposable
{
    private readonly List<IDisposable> _listeners = [];

    public void Register(IServiceProvider services)
    {
        foreach (var foreign in plan)
            Register(foreign, services);
    }

    /// <summary>What registers callbacks on the token of each term.</summary>
    public void OnTerm(LeadershipTerm term) => Register(isParts: false, TermView.EndedToken(term));

    /// <summary>What registers them on the token that a part gets.</summary>
    public void OnPart(CancellationToken token) => Register(isParts: true, token);

    public void Dispose()
    {
        foreach (var listener in _listeners)
            listener.Dispose();
    }

    private void Register(bool isParts, CancellationToken token)
    {
        foreach (var foreign in plan.Where(
            f => f.Kind is ForeignKind.TokenCallbackThrows or ForeignKind.TokenCallbackBlocks && f.Number % 2 != 0 == isParts))
            token.Register(() => Misbehave(foreign, foreign.Kind == ForeignKind.TokenCallbackThrows));
    }

    private void Register(Foreign foreign, IServiceProvider services)
    {
        var lifetime = services.GetRequiredService<IHostApplicationLifetime>();
        switch (foreign.Kind)
        {
            case ForeignKind.MeterListenerThrows or ForeignKind.MeterListenerBlocks:
                _listeners.Add(new BadMeterListener(foreign, services.GetRequiredService<IMeterFactory>(), host, actor, time));
                break;
            case ForeignKind.StartedCallbackThrows or ForeignKind.StartedCallbackBlocks:
                lifetime.ApplicationStarted.Register(() => Misbehave(foreign, foreign.Kind == ForeignKind.StartedCallbackThrows));
                break;
            // Callbacks run in the reverse order of their registration: half of these after the election's own, half before it.
            case ForeignKind.StoppingCallbackThrows or ForeignKind.StoppingCallbackBlocks when foreign.Number % 2 == 0:
                RegisterStopping(foreign, lifetime);
                break;
            case ForeignKind.StoppingCallbackThrows or ForeignKind.StoppingCallbackBlocks:
                lifetime.ApplicationStarted.Register(() => RegisterStopping(foreign, lifetime));
                break;
            case ForeignKind.ObserverBlocks:
                var election = services.GetRequiredService<ILeaderElection>();
                _ = Task.Run(() => ObserveAsync(foreign, election));
                break;
            default:
                break;
        }
    }

    private void RegisterStopping(Foreign foreign, IHostApplicationLifetime lifetime) =>
        lifetime.ApplicationStopping.Register(() => Misbehave(foreign, foreign.Kind == ForeignKind.StoppingCallbackThrows));

    private async Task ObserveAsync(Foreign foreign, ILeaderElection election)
    {
        try
        {
            await foreach (var change in election.WatchAsync(CancellationToken.None))
            {
                if (change.IsLeader && !actor.IsCalm)
                    actor.Block(foreign.Length);
            }
        }
        catch (OperationCanceledException)
        {
            // The election is over here.
        }
    }

    private void Misbehave(Foreign foreign, bool throws)
    {
        if (actor.IsCalm)
            return;
        if (throws)
            throw new InvalidOperationException($"{foreign.Kind}, as planned");
        actor.Block(foreign.Length);
    }
}
