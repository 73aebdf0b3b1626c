using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace LeaseElection.RealServer.Tests.Processes;

/// <summary>One process of examples/SingletonWorker: what it says, and what signals are sent to it. Dies with the test.</summary>
public sealed class WorkerProcess : IAsyncDisposable
{
    private static readonly string Program = typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "SingletonWorker").Value!;

    private readonly Process _process;
    private readonly Lock _lock = new();
    private readonly List<WorkerLine> _lines = [];
    private readonly List<Waiting> _waiting = [];
    private readonly List<Freeze> _freezes = [];
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Task _reading;
    private bool _isAtEnd;
    private bool _wasKilled;
    private long? _frozenSince;

    private WorkerProcess(Process process, string name)
    {
        _process = process;
        Name = name;
        _reading = Task.WhenAll(ReadOutputAsync(), ReadErrorsAsync());
    }

    public string Name { get; }

    public bool HasExited => _process.HasExited;

    /// <summary>Gets what was said on standard error.</summary>
    public string Errors => string.Join('\n', _errors);

    /// <summary>Gets every line of standard output as it came.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>Gets now, by the clock of the lines: one machine, one monotonic clock.</summary>
    public static long NowNs => (long)((Int128)TimeProvider.System.GetTimestamp() * 1_000_000_000 / TimeProvider.System.TimestampFrequency);

    /// <summary>Starts one with nothing but the given environment deciding about its election.</summary>
    public static async Task<WorkerProcess> StartAsync(
        string name, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var process = await ProcessStarter.StartAsync(host, [Program, .. arguments], start =>
        {
            start.WorkingDirectory = Path.GetDirectoryName(Program);
            start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
            string[] foreign = ["KUBERNETES_SERVICE_HOST", "KUBERNETES_SERVICE_PORT", "POD_NAMESPACE", "KUBECONFIG"];
            foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("LeaderElection__", StringComparison.Ordinal)).Concat(foreign).ToList())
                start.Environment.Remove(key);
            start.Environment["POD_NAME"] = name;
            foreach (var (key, value) in environment)
                start.Environment[key] = value;
        });
        process.StandardInput.Close();
        return new(process, name);
    }

    /// <summary>The first line that fits, be it said already or still to come.</summary>
    /// <exception cref="InvalidOperationException">None within <paramref name="timeout"/>, or the process ended before.</exception>
    public async Task<WorkerLine> FirstAsync(
        string what, Func<WorkerLine, bool> fits, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Waiting waiting = new(fits, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (_lines.Find(line => fits(line)) is { } said)
                return said;
            if (_isAtEnd)
                throw Failure($"has ended without {what}");
            _waiting.Add(waiting);
        }

        try
        {
            return await waiting.Found.Task.WaitAsync(timeout, TimeProvider.System, cancellationToken)
                ?? throw Failure($"ended without {what}");
        }
        catch (TimeoutException)
        {
            throw Failure(string.Create(CultureInfo.InvariantCulture, $"did not say {what} within {timeout.TotalSeconds} s"));
        }
        finally
        {
            lock (_lock)
                _waiting.Remove(waiting);
        }
    }

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
        lock (_lock)
            _freezes.Add(new(_frozenSince ?? throw new InvalidOperationException($"{Name} is not frozen"), NowNs));
        _frozenSince = null;
        Signals.Thaw(_process);
    }

    /// <summary>The exit code, once the process has ended and all that it said is read.</summary>
    public async Task<int> ExitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(_process.WaitForExitAsync(cancellationToken), _reading).WaitAsync(timeout, TimeProvider.System, cancellationToken);
            return _process.ExitCode;
        }
        catch (TimeoutException)
        {
            throw Failure(string.Create(CultureInfo.InvariantCulture, $"did not end within {timeout.TotalSeconds} s"));
        }
    }

    public WorkerHistory History()
    {
        lock (_lock)
            return new(Name, [.. _lines], _wasKilled, [.. _freezes]);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    public override string ToString()
    {
        lock (_lock)
            return $"{Name}, its last lines:\n{string.Join('\n', _output.TakeLast(12))}\nits standard error:\n{Errors}";
    }

    private InvalidOperationException Failure(string what) => new($"{Name} {what}. {this}");

    private async Task ReadOutputAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } text)
        {
            _output.Enqueue(text);
            WorkerLine line;
            try
            {
                line = WorkerLine.Parse(text);
            }
            catch (JsonException)
            {
                continue; // Kept in Output, where a test looks for it.
            }

            lock (_lock)
            {
                _lines.Add(line);
                foreach (var waiting in _waiting.Where(w => w.Fits(line)))
                    waiting.Found.TrySetResult(line);
            }
        }

        lock (_lock)
        {
            _isAtEnd = true;
            foreach (var waiting in _waiting)
                waiting.Found.TrySetResult(null);
        }
    }

    private async Task ReadErrorsAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } text)
            _errors.Enqueue(text);
    }

    private sealed record Waiting(Func<WorkerLine, bool> Fits, TaskCompletionSource<WorkerLine?> Found);
}
