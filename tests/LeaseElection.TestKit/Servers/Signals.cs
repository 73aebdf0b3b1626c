using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LeaseElection.TestKit;

/// <summary>Stops and continues a process (Linux). A process that is stopped keeps its sockets open and answers nothing.</summary>
internal static partial class Signals
{
    private const int Stop = 19;
    private const int Continue = 18;

    /// <summary>Returns once no thread of the process runs any more.</summary>
    public static void Freeze(Process process)
    {
        Send(process, Stop);
        SpinWait.SpinUntil(() => Directory.GetDirectories($"/proc/{process.Id}/task").All(IsStopped));
    }

    public static void Thaw(Process process) => Send(process, Continue);

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

    private static void Send(Process process, int signal)
    {
        if (Kill(process.Id, signal) != 0)
        {
            throw new Win32Exception(
                Marshal.GetLastPInvokeError(),
                string.Create(CultureInfo.InvariantCulture, $"signal {signal} to process {process.Id} failed"));
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
