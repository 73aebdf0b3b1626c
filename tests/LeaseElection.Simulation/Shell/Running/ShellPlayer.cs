using LeaseElection.Simulation.Shell.Plans;
using LeaseElection.Simulation.Shell.Playing;

namespace LeaseElection.Simulation.Shell.Running;

/// <summary>Plays seeds in this process, one after the other.</summary>
internal static class ShellPlayer
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan MorePatience = TimeSpan.FromMilliseconds(300);

    /// <summary>Gets the seed that is played; to say what was going on when the process died.</summary>
    public static ulong Current { get; private set; }

    /// <summary>What every process that plays needs, once.</summary>
    public static void Prepare()
    {
        // Hosts are made by the thousand: their containers must not compile themselves.
        AppContext.SetSwitch("Microsoft.Extensions.DependencyInjection.DisableDynamicEngine", true);
        // User code holds threads; the pool must have others at once.
        ThreadPool.SetMinThreads(32, 8);
    }

    public static (ShellTally Tally, IReadOnlyList<BadWorld> Bad) Play(ulong seed, int times)
    {
        Current = seed;
        var world = new ShellWorld(ShellPlanner.Plan(seed), Patience);
        var found = world.Play();
        if (found.Count == 0)
            return (TallyOf(world, 0), []);

        // A slow machine must not make a false alarm: only what happens again counts.
        var again = new Dictionary<Oracles.ShellRule, int>();
        for (var i = 0; i < times; i++)
        {
            foreach (var rule in new ShellWorld(ShellPlanner.Plan(seed), MorePatience).Play().Select(static v => v.Rule).Distinct())
                again[rule] = again.GetValueOrDefault(rule) + 1;
        }

        var bad = found.DistinctBy(static v => v.Rule)
            .Where(v => times == 0 || again.ContainsKey(v.Rule))
            .Select(v => new BadWorld(seed, v.Rule, again.GetValueOrDefault(v.Rule), times, $"at {v.At.TotalSeconds:0.000} s: {v.Text}"))
            .ToList();
        return (TallyOf(world, bad.Count == 0 ? 1 : 0), bad);
    }

    public static ShellWorld Replay(ulong seed)
    {
        Current = seed;
        var world = new ShellWorld(ShellPlanner.Plan(seed), MorePatience, isTraced: true);
        world.Play();
        return world;
    }

    private static ShellTally TallyOf(ShellWorld world, int unrepeated)
    {
        var hosts = world.Hosts.ToList();
        return new(
            1,
            hosts.Count,
            hosts.Sum(static h => h.Terms.Count),
            hosts.Sum(static h => h.Terms.Count(static t => t.OverrunToldAt is not null)),
            world.Steps,
            (long)world.Time.Now.TotalMilliseconds,
            world.Patiences,
            unrepeated);
    }
}
