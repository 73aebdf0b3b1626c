using System.ComponentModel;
using System.Diagnostics;

namespace LeaseElection.Simulation.Shell.Running;

/// <summary>
/// Keeps a process that plays to one processor. The clock's thread and those of the pool take turns anyhow; on one processor a turn costs a
/// switch of threads,
/// on two it costs waking the other. Two such processes play 1.7 times as many worlds as two that share both processors.
/// </summary>
internal static class OneProcessor
{
    // Simulations side by side on many processors are not all to begin with the first.
    private static readonly int First = Environment.ProcessId;

    /// <summary>Gives a process that has just begun its processor: the runtime in it counts its processors somewhat later.</summary>
    public static void Give(Process process, int job)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return;
        try
        {
            using var self = Process.GetCurrentProcess();
            process.ProcessorAffinity = (nint)Choose((ulong)self.ProcessorAffinity, job);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It is over already, or may not be kept to one: it plays all the same.
        }
    }

    /// <summary>
    /// Chooses one of the processors that this process may use, each a bit: jobs that follow on one another get different ones.
    /// </summary>
    public static ulong Choose(ulong allowed, int job)
    {
        var bits = Enumerable.Range(0, 64).Select(static i => 1UL << i).Where(bit => (allowed & bit) != 0).ToList();
        return bits.Count == 0 ? allowed : bits[(First + job) % bits.Count];
    }
}
