using System.Runtime.InteropServices;

namespace LeaseElection.Simulation.Shell.Running;

/// <summary>A process that plays for another: a line for each world's tally and for each rule that one broke.</summary>
internal static class ShellChild
{
    public static int Run(ShellOptions options)
    {
        ShellPlayer.Prepare();
        AppDomain.CurrentDomain.UnhandledException += static (_, e) =>
            Console.Error.WriteLine($"simulate: seed {ShellPlayer.Current}: an exception that nobody caught: {e.ExceptionObject}");
        // A terminal interrupts all its processes: who started this one decides.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true);
        var isStopped = false;
        // The parent ends this process by closing its input, or by dying.
        new Thread(() =>
        {
            while (Console.In.Read() >= 0)
            {
            }

            Volatile.Write(ref isStopped, true);
        })
        { IsBackground = true }.Start();

        for (var i = 0L; i < options.Seeds && !Volatile.Read(ref isStopped); i++)
        {
            var (tally, bad) = ShellPlayer.Play(options.From + (ulong)i, options.Again);
            foreach (var world in bad)
                Console.Out.WriteLine($"bad {world.Line}");
            Console.Out.WriteLine($"tally {tally.Line}");
        }

        return 0;
    }
}
