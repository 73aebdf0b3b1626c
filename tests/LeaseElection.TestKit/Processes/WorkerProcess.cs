using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace LeaseElection.TestKit;

/// <summary>
/// One process of examples/SingletonWorker, or of another program with the same lines: what it says, and what signals are sent to it. Dies
/// with the test.
/// </summary>
public sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly string[] Example = Command("SingletonWorker", "LEASEELECTION_TEST_WORKER");
    private static readonly string[] Demo = Command("FailoverDemo", "LEASEELECTION_TEST_DEMO");

    private readonly Process _process;
    private readonly Heard<string> _output;
    private readonly Heard<string> _errors;
    private readonly Heard<WorkerLine> _lines;
    private readonly List<Freeze> _freezes = [];
    private readonly Action<WorkerLine>? _heard;
    private readonly Task _reading;
    private bool _wasKilled;
    private long? _frozenSince;

    private WorkerProcess(Process process, string name, Action<WorkerLine>? heard)
    {
        _process = process;
        _heard = heard;
        Name = name;
        _output = new($"standard output of {name}");
        _errors = new($"standard error of {name}");
        _lines = new(name);
        _reading = Task.WhenAll(ReadOutputAsync(), ReadErrorsAsync());
        Exited = Task.WhenAll(process.WaitForExitAsync(CancellationToken.None), _reading);
    }

    /// <summary>Gets the command that runs a program of ours.</summary>
    public static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public string Name { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Gets a task that is done once the process has ended and all that it said is read.</summary>
    public Task Exited { get; }

    /// <summary>Gets what was said on standard error.</summary>
    public string Errors => string.Join('\n', _errors.All);

    /// <summary>Gets every line of standard output as it came.</summary>
    public IReadOnlyList<string> Output => _output.All;

    /// <summary>Gets now, by the clock of the lines: one machine, one monotonic clock.</summary>
    public static long NowNs => (long)((Int128)TimeProvider.System.GetTimestamp() * 1_000_000_000 / TimeProvider.System.TimestampFrequency);

    /// <summary>Starts one with nothing but the given environment deciding about its election.</summary>
    public static Task<WorkerProcess> StartAsync(
        string name, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartAsync(name, [.. Example, .. arguments], environment);

    /// <summary>Starts examples/FailoverDemo, whose replicas say the same lines.</summary>
    public static Task<WorkerProcess> StartDemoAsync(
        string name, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        StartAsync(name, [.. Demo, .. arguments], environment);

    /// <summary>
    /// Starts an example whose every line <paramref name="heard"/> is told at once, in order, on the thread that reads it.
    /// </summary>
    public static Task<WorkerProcess> StartAsync(
        string name, IReadOnlyDictionary<string, string> environment, Action<WorkerLine> heard, params string[] arguments) =>
        StartAsync(name, [.. Example, .. arguments], environment, heard);

    /// <summary>Starts another program with the same lines.</summary>
    public static async Task<WorkerProcess> StartAsync(
        string name, IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, Action<WorkerLine>? heard = null)
    {
        var process = await ProcessStarter.StartAsync(command[0], command.Skip(1), start =>
        {
            start.WorkingDirectory = Path.GetDirectoryName(Example[^1]);
            start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
            string[] foreign = ["KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT", "POD_NAMESPACE", "KUBECONFIG"];
            foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("LeaderElection__", StringComparison.Ordinal)).Concat(foreign).ToList())
                start.Environment.Remove(key);
            start.Environment["POD_NAME"] = name;
            foreach (var (key, value) in environment)
                start.Environment[key] = value;
        });
        process.StandardInput.Close();
        return new(process, name, heard);
    }

    /// <summary>The first line that fits, be it said already or still to come.</summary>
    /// <exception cref="InvalidOperationException">None within <paramref name="timeout"/>, or the process ended before.</exception>
    public async Task<WorkerLine> FirstAsync(
        string what, Func<WorkerLine, bool> fits, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            return await _lines.FirstAsync(what, fits, timeout, cancellationToken);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"{e.Message}\nIts standard error:\n{Errors}", e);
        }
    }

    /// <summary>The first line on standard error that contains <paramref name="text"/>.</summary>
    public Task<string> FirstErrorAsync(string text, TimeSpan timeout, CancellationToken cancellationToken) =>
        _errors.FirstAsync($"'{text}'", line => line.Contains(text, StringComparison.Ordinal), timeout, cancellationToken);

    /// <summary>The first line on standard output that contains <paramref name="text"/>.</summary>
    public Task<string> FirstOutputAsync(string text, TimeSpan timeout, CancellationToken cancellationToken) =>
        _output.FirstAsync($"'{text}'", line => line.Contains(text, StringComparison.Ordinal), timeout, cancellationToken);

    public void Send(ProcessSignal signal) => Signals.Send(_process, signal);

    /// <summary>Kills it as the kernel does when memory is short, and returns once it is gone and its last line is read.</summary>
    public async Task KillAsync()
    {
        _wasKilled = true;
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _reading;
    }

    /// <summary>Stops it in its tracks; returns once no thread of it runs.</summary>
    public void Freeze()
    {
        _frozenSince = NowNs;
        Signals.Freeze(_process);
    }

    public void Thaw()
    {
        _freezes.Add(new(_frozenSince ?? throw new InvalidOperationException($"{Name} is not frozen"), NowNs));
        _frozenSince = null;
        Signals.Thaw(_process);
    }

    /// <summary>The exit code, once the process has ended and all that it said is read.</summary>
    public async Task<int> ExitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await Exited.WaitAsync(timeout, TimeProvider.System, cancellationToken);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"{Name} did not end within {timeout.TotalSeconds} s. {this}"));
        }
    }

    public WorkerHistory History() => new(Name, _lines.All, _wasKilled, [.. _freezes]);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    public override string ToString() =>
        $"{Name}, its last lines:\n{string.Join('\n', Output.TakeLast(12))}\nits standard error:\n{Errors}";

    // Instead, by the variable, another build of it, for eng/aot.sh: a program that needs no runtime.
    private static string[] Command(string example, string variable) => Environment.GetEnvironmentVariable(variable) is { } native
        ? [native]
        : [Host, typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == example).Value!];

    private async Task ReadOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } text)
        {
            _output.Add(text);
            if (Read(text) is not { } line)
                continue; // Kept in Output, where a test looks for it.
            _heard?.Invoke(line);
            _lines.Add(line);
        }

        _output.End();
        _lines.End();
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } text)
            _errors.Add(text);
        _errors.End();
    }

    // A process that is killed may leave half a line.
    private static WorkerLine? Read(string text)
    {
        try
        {
            return WorkerLine.Parse(text);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or ArgumentException)
        {
            return null;
        }
    }
}
