using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace LeaseElection.Examples.Tests.FencedWriter.Processes;

/// <summary>The example as a user runs it: a process of its own.</summary>
internal static partial class WriterProgram
{
    public const string Wrote = "Wrote entry";

    /// <summary>For what takes milliseconds or a process's start: only a hang is longer, on however busy a machine.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Path = typeof(WriterProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "FencedWriter").Value!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<WorkerProcess> StartAsync(string name, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        WorkerProcess.StartAsync(name, [WorkerProcess.Host, Path, .. arguments], environment);

    /// <summary>Waits until it has written, and returns the token that it wrote with first.</summary>
    public static async Task<long> FirstTokenAsync(WorkerProcess writer) =>
        Token(await writer.FirstOutputAsync(Wrote, Patience, Cancellation));

    /// <summary>The token of a line that says what was written.</summary>
    public static long Token(string line) => long.Parse(TokenOfLine().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);

    /// <summary>SIGTERM, and a good end.</summary>
    public static async Task StopAsync(WorkerProcess writer)
    {
        writer.Send(ProcessSignal.Terminate);
        var code = await writer.ExitAsync(Patience, Cancellation);
        Assert.True(code == 0, string.Create(CultureInfo.InvariantCulture, $"exit code {code}: {writer}"));
    }

    [GeneratedRegex(@"with fencing token (\d+)$")]
    private static partial Regex TokenOfLine();
}
