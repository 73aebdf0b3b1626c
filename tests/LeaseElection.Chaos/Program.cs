using System.Runtime.InteropServices;
using LeaseElection.Chaos;
using LeaseElection.Chaos.HandOvers;
using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Plans;
using LeaseElection.Chaos.Reports;

ChaosOptions options;
try
{
    options = ChaosOptions.Parse(args);
}
catch (FormatException mistake)
{
    await Console.Error.WriteLineAsync($"chaos: {mistake.Message}");
    return 2;
}

if (options.Help)
    return ChaosOptions.WriteHelp();

if (options.PlanOnly)
{
    if (options.HandOvers is { } times)
        Console.WriteLine($"the one that works is asked to stop, {times} times");
    else
        Console.WriteLine(string.Join('\n', Schedule.Create(options.Seed, options.Length, options.Lease)));
    return 0;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
var violations = 0;
var all = new List<(RunRecord Run, Figures Figures)>();
try
{
    if (options.HandOvers is { } count)
        return await HandOverAsync(count);
    foreach (var peer in options.Peers)
    {
        var run = await new ChaosRun(peer, options, Say).RunAsync(stop.Token);
        var figures = Figures.Of(run);
        var verdict = peer is Peer.Ours ? Verdict.Of(run, figures) : null;
        var summary = await Files.WriteAsync(options.Out, run, figures, verdict);
        Console.WriteLine(await File.ReadAllTextAsync(summary));
        Say($"written: {summary}, and .svg and .log beside it");
        violations += verdict?.Violations.Count ?? 0;
        all.Add((run, figures));
    }

    if (all.Count > 1)
    {
        var comparison = Comparison.Write(all);
        await File.WriteAllTextAsync(Path.Combine(options.Out, "comparison.md"), comparison);
        Console.WriteLine(comparison);
    }
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("chaos: interrupted; the workers and the servers are gone");
    return 1;
}
catch (Exception e)
{
    // Whatever kept the run from being made is told in its message.
    await Console.Error.WriteLineAsync($"chaos: {e.Message}");
    return 1;
}

return violations == 0 ? 0 : 1;

async Task<int> HandOverAsync(int count)
{
    var run = await new HandOverRun(options, Say).RunAsync(count, stop.Token);
    var broken = run.Violations();
    var report = HandOverReport.Write(run, options, broken);
    Console.WriteLine(report);
    Say($"written: {await HandOverReport.SaveAsync(options.Out, report, run, options.Seed)}, and .log beside it");
    return broken.Count == 0 ? 0 : 1;
}

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

static void Say(string text) => Console.WriteLine($"chaos: {text}");
