using System.Globalization;
using System.Runtime.InteropServices;
using LeaseElection.Simulation.Running;
using LeaseElection.Simulation.Shell.Plans;

namespace LeaseElection.Simulation.Shell.Running;

/// <summary>What <c>simulate shell</c> is asked for.</summary>
internal static class ShellRuns
{
    private const int MostShown = 20;
    private const int Interrupted = 130; // As shells have it.

    public static int Run(IReadOnlyList<string> args)
    {
        var options = ShellOptions.Parse(args);
        if (options.Help)
            return CommandLine.WriteHelp(Options.Command, ShellOptions.Command.Name);

        if (options.Mutant == "list")
        {
            Console.WriteLine(string.Join('\n', Mutants.Shell));
            return 0;
        }

        if (options.Mutant is { } mutant && !Mutants.Shell.Contains(mutant))
            throw new FormatException(
                $"--mutant is '{mutant}'; this build has {(Mutants.Shell.Count == 0 ? "none" : "others, see shell --mutant list")}");
        Mutants.Everywhere = options.Mutant;
        if (options.IsPlan)
        {
            for (var i = 0L; i < options.Seeds; i++)
                Console.WriteLine(ShellPlanner.Plan(options.From + (ulong)i));
            return 0;
        }

        if (options.IsChild)
            return ShellChild.Run(options);
        return options.Replay is { } seed ? One(seed) : Many(options);
    }

    private static int One(ulong seed)
    {
        ShellPlayer.Prepare();
        Console.WriteLine(ShellPlanner.Plan(seed));
        var world = ShellPlayer.Replay(seed);
        Console.WriteLine(world.Chronicle);
        foreach (var found in world.Oracle.Found)
            Console.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{found.Rule} at {found.At.TotalSeconds:0.000} s: {found.Text}"));
        return world.Oracle.Found.Count == 0 ? 0 : 1;
    }

    private static int Many(ShellOptions options)
    {
        var batch = new ShellBatch(options);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var isInterrupted = false;
        var began = TimeProvider.System.GetTimestamp();
        using (TimeProvider.System.CreateTimer(_ => Console.WriteLine($"{batch.Tally.Worlds} of {options.Seeds} worlds, {batch.Bad.DistinctBy(static b => b.Seed).Count()} bad"), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)))
            batch.Run();
        Report(batch, TimeProvider.System.GetElapsedTime(began), options);
        if (isInterrupted)
            Console.WriteLine($"simulate: interrupted after {batch.Tally.Worlds} of {options.Seeds} worlds");
        if (batch.Bad.Count > 0 || batch.Crashes.Count > 0)
            return 1;
        return isInterrupted ? Interrupted : 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            isInterrupted = true;
            batch.Stop();
        }
    }

    private static void Report(ShellBatch batch, TimeSpan took, ShellOptions options)
    {
        var all = batch.Tally;
        Console.WriteLine($"{all.Worlds:N0} worlds of the shell, {all.VirtualMilliseconds / 60_000.0:N0} virtual minutes, in {took.TotalSeconds:F0} s ({all.Worlds / took.TotalSeconds:F0} a second)");
        Console.WriteLine($"  hosts {all.Hosts:N0}; terms {all.Terms:N0}; overruns {all.Overruns:N0}; steps {all.Steps:N0}; waits for the platform {all.Patiences:N0}; alarms that did not come again {all.Unrepeated:N0}");
        foreach (var rule in batch.Bad.GroupBy(static b => b.Rule).OrderByDescending(static g => g.Count()))
            Console.WriteLine(
                $"  {rule.Key}: {rule.Count():N0} worlds, such as {string.Join(", ", rule.Take(5).Select(static b => b.Seed))}");
        var mutant = options.Mutant is null ? "" : $" --mutant {options.Mutant}";
        foreach (var bad in batch.Bad.OrderBy(static b => b.Seed).Take(MostShown))
            Console.WriteLine($"seed {bad.Seed}: {bad.Rule}, again in {bad.Again} of {bad.Of}: {bad.Text}\n  eng/simulate.sh shell --replay {bad.Seed}{mutant}");
        foreach (var crash in batch.Crashes)
            Console.WriteLine($"crash: {crash}");
    }
}
