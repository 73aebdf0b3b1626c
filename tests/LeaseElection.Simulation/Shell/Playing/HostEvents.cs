using LeaseElection.Simulation.Shell.Hosts;
using LeaseElection.Simulation.Shell.Plans;

namespace LeaseElection.Simulation.Shell.Playing;

/// <summary>What happens to one host.</summary>
internal static class HostEvents
{
    public static void Happen(ShellHost host, ShellEvent what)
    {
        if (host.Record.IsDead)
            return;
        switch (what.Kind)
        {
            case EventKind.StepDown:
                host.Election.StepDown();
                break;
            case EventKind.Pause:
                host.Election.Pause();
                break;
            case EventKind.Resume:
                host.Election.Resume();
                break;
            case EventKind.Stop:
                host.Stop(what.Length);
                break;
            case EventKind.StopApplication:
                host.StopApplication();
                break;
            case EventKind.DisposeAsync or EventKind.Dispose or EventKind.DisposeProvider:
                host.Dispose(what.Kind);
                break;
            case EventKind.Kill:
                host.Die();
                break;
            case EventKind.Error or EventKind.LostReply:
                host.Link.SpoilNext(what.Kind);
                break;
            default:
                throw new InvalidOperationException($"Unknown event {what.Kind}.");
        }
    }
}
