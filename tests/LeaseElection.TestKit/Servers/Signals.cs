using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LeaseElection.TestKit;

/// <summary>Signals to a process (Linux). A process that is stopped keeps its sockets open and answers nothing.</summary>
public static partial class Signals
{
    /// <summary>Returns once no thread of the process runs any more.</summary>
    public static void Freeze(Process process)
    {
        Send(process, ProcessSignal.Stop);
        SpinWait.SpinUntil(() => Directory.GetDirectories($"/proc/{process.Id}/task").All(IsStopped));
    }

    public static void Thaw(Process process) => Send(process, ProcessSignal.Continue);

    public static void Send(Process process, ProcessSignal signal)
    {
        if (Kill(process.Id, (int)signal) != 0)
        {
            throw new Win32Exception(
                Marshal.GetLastPInvokeError(),
                string.Create(CultureInfo.InvariantCulture, $"signal {signal} to process {process.Id} failed"));
        }
    }

    // "pid (name) state …": the name may hold anything, so look behind its last bracket.
    private static bool IsStopped(string thread)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(thread, "stat"));
            return stat.AsSpan(stat.LastIndexOf(')') + 1).TrimStart()[0] is 'T' or 'X' or 'Z';
        }
        catch (IOException)
        {
            return true; // The thread has ended.
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
