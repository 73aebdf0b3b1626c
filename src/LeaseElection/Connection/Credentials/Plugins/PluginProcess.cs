using System.ComponentModel;
using System.Diagnostics;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Connection.Credentials.Plugins;

/// <summary>
/// One run of a plugin, from the start of its process to its end. Nothing in it blocks a thread of the pool, and nothing of it is left:
/// after <see cref="Limit"/>, or when nobody wants its answer any more, the process and its children are killed.
/// </summary>
internal static class PluginProcess
{
    /// <summary>How long a plugin may take. A person who waits for kubectl can end it; a service cannot.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>An answer is a few KB; whoever prints more than this is no credential plugin.</summary>
    public const int MostOutput = 1024 * 1024;

    private const int MostErrors = 8 * 1024, MostErrorsTold = 800;

    // What a process printed before it ended is here at once, unless a child of its own keeps the stream open.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);

    /// <returns>What it printed to its standard output.</returns>
    /// <exception cref="PluginException">It could not be started, failed, or took too long.</exception>
    /// <exception cref="OperationCanceledException">Nobody wants the answer; the process was killed.</exception>
    public static async Task<byte[]> RunAsync(
        PluginProgram program, ISystemEnvironment machine, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Limit, time);

        // Looking for the program, reading the authority and starting a process may all take long: a thread of their own.
        using var process = await OwnThread.RunAsync(() => Start(program, machine)).ConfigureAwait(false);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var closed = new CancellationTokenSource();
        var (output, errors) = (new ProcessOutput(MostOutput, end: false), new ProcessOutput(MostErrors, end: true));
        EventHandler kill = (_, _) => Kill(process);
        AppDomain.CurrentDomain.ProcessExit += kill; // a host that ends without disposing of anything
        try
        {
            await using var killing = both.Token.UnsafeRegister(_ => Kill(process), null).ConfigureAwait(false);
            using var outputStream = process.StandardOutput;
            using var errorStream = process.StandardError;
            var reading = Task.WhenAll(
                output.ReadAsync(outputStream.BaseStream, () => Kill(process), closed.Token),
                errors.ReadAsync(errorStream.BaseStream, static () => { }, closed.Token));
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            await FinishAsync(reading, time, both.Token).ConfigureAwait(false);
            await closed.CancelAsync().ConfigureAwait(false);
        }
        finally
        {
            AppDomain.CurrentDomain.ProcessExit -= kill;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return output.IsTooLong ? throw Failed(program, $"printed more than {MostOutput / 1024 / 1024} MiB and was ended", errors)
            : process.ExitCode == 0 ? output.ToArray()
            : limit.IsCancellationRequested
                ? throw Failed(program, $"gave no answer within {Limit.TotalSeconds:0} s and was ended", errors)
            : throw Failed(program, $"failed with exit code {process.ExitCode}", errors);
    }

    private static async Task FinishAsync(Task reading, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await reading.WaitAsync(Grace, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // What was read so far has to do.
        }
    }

    private static Process Start(PluginProgram program, ISystemEnvironment machine)
    {
        var command = program.Exec.Command!;
        var path = ProgramFinder.Find(command, machine) ?? throw Missing(program, null);
        var start = new ProcessStartInfo(path)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in program.Exec.Arguments)
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in program.Exec.Environment)
            start.Environment[name] = value;
        start.Environment[ExecInfo.Variable] = ExecInfo.Of(program, machine);

        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            process.StandardInput.Close(); // nobody is there to ask
            return process;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or IOException or ArgumentException)
        {
            process.Dispose();
            throw e is Win32Exception { NativeErrorCode: 2 or 3 } ? Missing(program, e)
                : new(
                    $"{program.Name} could not be started ({e.Message}): is '{path}' a program for this machine, and may this user run it?",
                    e);
        }
    }

    private static PluginException Missing(PluginProgram program, Exception? cause)
    {
        var command = program.Exec.Command!;
        var where = cause is not null ? "or the interpreter in its first line was not found"
            : Path.IsPathFullyQualified(command) ? "does not exist" : "was not found on PATH";
        return new($"{program.Name} {where}: install it where this service runs, or correct exec.command.{program.Hint}", cause);
    }

    private static PluginException Failed(PluginProgram program, string how, ProcessOutput errors) =>
        PlainText.EndOf(errors.ToString(), MostErrorsTold) is { Length: > 0 } said
            ? new($"{program.Name} {how}. It said: {said}")
            : new($"{program.Name} {how}, and said nothing to its standard error: run it by hand to see why.");

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It has ended already.
        }
    }
}
