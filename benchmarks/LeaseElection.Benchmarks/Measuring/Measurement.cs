using System.Runtime.InteropServices;
using LeaseElection.Benchmarks.CommandLine;
using LeaseElection.Benchmarks.Reports;
using Spectre.Console;

namespace LeaseElection.Benchmarks.Measuring;

/// <summary>
/// One call of the program: servers, what is asked for, reports, and an exit code. Leaves no process behind, however it ends.
/// </summary>
internal static class Measurement
{
    private const string NoServers = "No kube-apiserver and etcd here: run eng/control-plane.sh, or set KUBEBUILDER_ASSETS";

    public static async Task<int> RunAsync(Request request)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            return await RunAsync(request, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("benchmarks: interrupted; the servers and all candidates are gone");
            return 1;
        }
        catch (Exception e)
        {
            // Whatever kept it from being measured is told in its message.
            await Console.Error.WriteLineAsync($"benchmarks: {e.Message}");
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static async Task<int> RunAsync(Request request, CancellationToken cancellationToken)
    {
        // Before our own load is in it.
        var (machine, at) = (Machine.Read(), TimeProvider.System.GetUtcNow());
        Say("starting etcd and kube-apiserver");
        await using var plane = await ControlPlane.StartOwnAsync(cancellationToken) ?? throw new InvalidOperationException(NoServers);
        var outcome = await request.What.RunAsync(new(request, plane, Say), cancellationToken);
        ConsoleReport.Write(Widened(), outcome, request.Smallest);
        if (request.Out is { } json)
            await JsonFile.WriteAsync(json, request, machine, at, outcome, cancellationToken);
        if (request.Plot is { } svg)
            SvgPlot.Save(svg, outcome);
        return outcome.ExitCode(request.Smallest);
    }

    // Where nobody sees it, as in a file, no line need be broken.
    private static IAnsiConsole Widened()
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Console.Profile.Width = 240;
        return AnsiConsole.Console;
    }

    private static void Say(string text) => Console.WriteLine($"benchmarks: {text}");
}
