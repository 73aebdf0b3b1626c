using System.Diagnostics;

namespace LeaseElection.TestKit;

/// <summary>One server process that a test may stop, start again on the same port, freeze and thaw.</summary>
public sealed class ControlledServer
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(120);

    private readonly string _file;
    private readonly IReadOnlyList<string> _arguments;
    private readonly string _log;
    private readonly Func<CancellationToken, Task<bool>> _isReady;
    private Process? _process;
    private bool _isFrozen;

    internal ControlledServer(
        string name, string file, IReadOnlyList<string> arguments, string log, Func<CancellationToken, Task<bool>> isReady)
    {
        Name = name;
        _file = file;
        _arguments = arguments;
        _log = log;
        _isReady = isReady;
    }

    public string Name { get; }

    /// <summary>Gets the process's id; null while it is stopped.</summary>
    public int? ProcessId => _process?.Id;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Starts the server and returns once it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended, or was not ready in time; the message has the end of its log.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_process is not null)
            throw new InvalidOperationException($"{Name} is already started");

        _process = await ProcessStarter.StartAsync(_log, _file, _arguments);
        await ReadyAsync(cancellationToken);
    }

    /// <summary>Kills the server as a crash would, and returns once it is gone. Its data and its port are kept.</summary>
    public async Task StopAsync()
    {
        if (_process is not { } process)
            return;

        process.Kill(); // Ends a frozen process too.
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        _process = null;
        _isFrozen = false;
    }

    /// <summary>Asks the server to end, as an upgrade does, and returns once it is gone: it may first wait for its clients.</summary>
    public async Task TerminateAsync(CancellationToken cancellationToken = default)
    {
        var process = Running();
        Signals.Send(process, ProcessSignal.Terminate);
        await process.WaitForExitAsync(cancellationToken);
        process.Dispose();
        _process = null;
    }

    /// <summary>Crashes the server, starts it on the same port and data, and returns once it is ready.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync();
        await StartAsync(cancellationToken);
    }

    /// <summary>Stops the process in its tracks: connections stay open, nothing is answered. Returns once no thread of it runs.</summary>
    public void Freeze()
    {
        Signals.Freeze(Running());
        _isFrozen = true;
    }

    public void Thaw()
    {
        Signals.Thaw(Running());
        _isFrozen = false;
    }

    /// <summary>Makes the server run and ready again, whatever a test did to it.</summary>
    public async Task RecoverAsync(CancellationToken cancellationToken = default)
    {
        if (_isFrozen)
            Thaw();
        if (!IsRunning)
            await RestartAsync(cancellationToken);
        else
            await ReadyAsync(cancellationToken);
    }

    /// <summary>The last lines of what the server wrote.</summary>
    public string LogTail(int lines = 30) =>
        File.Exists(_log) ? string.Join('\n', File.ReadLines(_log).TakeLast(lines)) : "(no log)";

    private Process Running() => _process ?? throw new InvalidOperationException($"{Name} is stopped");

    private async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(StartDeadline, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            while (!await _isReady(either.Token))
            {
                if (!IsRunning)
                    throw new InvalidOperationException(
                        $"{Name} ended with exit code {Running().ExitCode}. The end of its log:\n{LogTail()}");
                await Task.Delay(Poll, TimeProvider.System, either.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException(
                $"{Name} was not ready within {StartDeadline.TotalSeconds} s. The end of its log:\n{LogTail()}");
        }
    }
}
