using System.Collections.Concurrent;
using System.Diagnostics;

namespace LeaseElection.TestKit;

/// <summary>
/// Starts processes that die with this one, however it dies. The kernel sends the parent-death signal when the *thread* that
/// forked ends, so all are started from one thread that lives as long as the process: a pool thread's retirement would kill them.
/// </summary>
public static class ProcessStarter
{
    private const string DiesWithParent = "setpriv";

    // $1 is the log, the rest the command; exec keeps the process id, so the id that we know is the server's own.
    private const string WithLog = """log=$1; shift; exec "$@" >>"$log" 2>&1 </dev/null""";

    private static readonly BlockingCollection<Action> Requests = [];

    // It, too, ends in an exec.
    private static readonly string[] Prefix = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, DiesWithParent)))
        ? [DiesWithParent, "--pdeathsig", "KILL", "--"]
        : [];

    static ProcessStarter() => new Thread(Serve) { IsBackground = true, Name = "starts the tests' servers" }.Start();

    public static Task<Process> StartAsync(string log, string file, IEnumerable<string> arguments)
    {
        string[] command = [.. Prefix, file, .. arguments];
        return StartAsync(new("/bin/sh", ["-c", WithLog, "sh", log, .. command]));
    }

    /// <summary>With the environment and the streams that <paramref name="configure"/> asks for.</summary>
    public static Task<Process> StartAsync(string file, IEnumerable<string> arguments, Action<ProcessStartInfo> configure)
    {
        string[] command = [.. Prefix, file, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..]);
        configure(start);
        return StartAsync(start);
    }

    private static Task<Process> StartAsync(ProcessStartInfo start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Requests.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception e)
            {
                started.SetException(e);
            }
        });
        return started.Task;
    }

    private static void Serve()
    {
        foreach (var request in Requests.GetConsumingEnumerable())
            request();
    }
}
