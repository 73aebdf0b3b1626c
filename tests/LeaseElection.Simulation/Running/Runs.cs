using System.Globalization;
using System.Runtime.InteropServices;
using LeaseElection.Simulation.Oracles;
using LeaseElection.Simulation.Pictures;
using LeaseElection.Simulation.Plans;
using LeaseElection.Simulation.Playing;
using Spectre.Console;

namespace LeaseElection.Simulation.Running;

/// <summary>What the command line asks for: many seeds, or one of them again.</summary>
internal static class Runs
{
    private const int MostShown = 10;
    private const int Interrupted = 130; // As shells have it.

    public static int Many(Options options)
    {
        var batch = new Batch(options.Length, options.Mutant);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var began = TimeProvider.System.GetTimestamp();
        WithProgress(batch, options.Seeds, () => batch.Run(options.From, options.Seeds, MostShown));
        var took = TimeProvider.System.GetElapsedTime(began);
        Report.Write(batch.Statistics, took);
        foreach (var (seed, violation) in batch.Found.OrderBy(f => f.Key).Take(MostShown))
            Explain(seed, violation, options);
        if (!batch.Found.IsEmpty)
            return 1;
        if (!batch.IsStopped)
            return 0;
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"simulate: interrupted after {batch.Played} of {options.Seeds} worlds"));
        return Interrupted;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            batch.Stop();
        }
    }

    public static int One(Options options)
    {
        Mutants.Active = options.Mutant;
        var plan = Planner.Plan(options.Replay!.Value, options.Length);
        if (options.Faults is { } faults)
        {
            if (faults.FirstOrDefault(f => f >= plan.Faults.Count, -1) is >= 0 and var unknown)
                throw new FormatException($"--faults has {unknown}; seed {plan.Seed} has {plan.Faults.Count} faults, from 0 on");
            plan = plan.With(faults);
        }

        var world = new World(plan, traced: true);
        var violation = world.Play();
        Console.Write(world.Trace!.ToString());
        if (options.Svg is { } file)
            File.WriteAllText(file, Timeline.Draw(world));
        return violation is null ? 0 : 1;
    }

    // A failure: the seed, the least that brings it about, and how to see it.
    private static void Explain(ulong seed, Violation violation, Options options)
    {
        Mutants.Active = options.Mutant;
        var plan = Planner.Plan(seed, options.Length);
        var kept = Shrinker.Shrink(plan, violation);
        var faults = kept.Count == 0 ? "none" : string.Join(',', kept);
        var world = new World(plan.With(kept), traced: true);
        var shrunk = world.Play();
        Directory.CreateDirectory(options.Out);
        var file = Path.Combine(options.Out, $"seed-{seed.ToString(CultureInfo.InvariantCulture)}");
        File.WriteAllText(file + ".txt", world.Trace!.ToString());
        File.WriteAllText(file + ".svg", Timeline.Draw(world));
        Console.WriteLine($"seed {seed}: {violation.Oracle} at {violation.At.TotalSeconds:F3} s: {violation.Text}");
        Console.WriteLine(
            $"  shrunk from {plan.Faults.Count} faults to {kept.Count}: {string.Join("; ", kept.Select(i => Show(plan.Faults[i])))}");
        Console.WriteLine($"  {shrunk?.Text}");
        var mutant = options.Mutant is null ? "" : $" --mutant {options.Mutant}";
        Console.WriteLine($"  eng/simulate.sh --replay {seed} --minutes {options.Minutes.ToString(CultureInfo.InvariantCulture)} --faults {faults}{mutant}");
        Console.WriteLine($"  {file}.txt, {file}.svg");
    }

    private static string Show(Fault fault) =>
        $"{fault.Kind} of r{fault.Target} at {fault.At.TotalSeconds:F3} s for {fault.Length.TotalSeconds:F3} s";

    private static void WithProgress(Batch batch, long seeds, Action run)
    {
        if (Console.IsOutputRedirected)
        {
            using var timer = TimeProvider.System.CreateTimer(
                _ => Console.WriteLine($"{batch.Played} of {seeds} worlds, {batch.Found.Count} bad{(batch.Found.IsEmpty ? "" : ": seeds " + string.Join(", ", batch.Found.Keys))}"), null, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10));
            run();
            return;
        }

        AnsiConsole.Progress().Start(context =>
        {
            var task = context.AddTask("worlds", maxValue: seeds);
            using var timer = TimeProvider.System.CreateTimer(
                _ => task.Value = batch.Played, null, TimeSpan.Zero, TimeSpan.FromMilliseconds(250));
            run();
            task.Value = seeds;
        });
    }
}
