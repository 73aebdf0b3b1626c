using LeaseElection.Simulation.Shell.Oracles;
using LeaseElection.Simulation.Shell.Plans;

namespace LeaseElection.Simulation.Shell.Playing;

/// <summary>
/// How a world ends: nothing is wrong any more; somebody has to lead and all be healthy; then all are stopped and disposed of.
/// </summary>
internal sealed class ShellEnding(ShellWorld world, ShellPlan plan)
{
    // The longest backoff after failing work.
    private static readonly TimeSpan Backoff = TimeSpan.FromSeconds(65);

    private TimeSpan Lease => plan.Settings.LeaseDuration;

    public void Play()
    {
        world.Calm();
        world.RunTo(world.Time.Now);
        if (!world.Hosts.Any(static h => h.Goes))
            world.Start(0);
        if (!world.RunTo(world.Time.Now + (Lease * 3) + Backoff, SomebodyLeads))
            world.Oracle.Add(ShellRule.NobodyLeads, world.Time.Now, "nobody leads, though nothing is wrong any more");
        else
            JudgeHealth();
        foreach (var host in world.All.Where(static h => !h.Record.IsDead && h.Record.DisposeCalledAt is null))
            host.Stop(TimeSpan.Zero);
        world.RunTo(world.Time.Now + plan.Settings.DrainTimeout + Lease + TimeSpan.FromSeconds(2), AllStopped);
        foreach (var host in world.All.Where(static h => !h.Record.IsDead))
            host.Dispose(EventKind.DisposeAsync);
        world.RunTo(world.Time.Now + Lease, AllDisposed);
        world.Oracle.JudgeEnd(world.Scene());
    }

    private bool SomebodyLeads()
    {
        if (!world.Hosts.Any(static h => h.Goes))
            world.Start(0);
        return world.Hosts.Any(static h => h is { Goes: true, Holds: true, Terms: [.., { HasEnded: false } term] } && (term.IsAtWork || term.Parts.All(static p => p.FailedAt is null)));
    }

    private void JudgeHealth()
    {
        world.RunTo(world.Time.Now + (Lease * 1.6)); // Health reports a throw for RenewDeadline, and is asked every half lease.
        foreach (var host in world.Hosts.Where(h => h.Goes && h.Health is not (null or "Healthy") && h.StartedAt < world.Time.Now - Lease))
            world.Oracle.Add(
                ShellRule.Health, world.Time.Now,
                $"{host.Name} says it is {host.Health} ({host.HealthReason}), though nothing is wrong any more");
    }

    private bool AllStopped() =>
        world.Hosts.All(static h => h.IsDead || h.DisposeCalledAt is not null || h.StopWentOnAt is not null)
            && !world.Hosts.Any(static h => h.IsAtWork);

    private bool AllDisposed() =>
        world.Hosts.All(static h => h.IsDead || h.DisposedAt is not null) && !world.Hosts.Any(static h => h.IsAtWork);
}
