using System.Globalization;

namespace LeaseElection.Chaos.Workers;

/// <summary>
/// One of the five: a worker and, when that is gone, the next one in its place, as a Deployment does it; and the proxy between it and the
/// API
/// server. A process that ends by itself is replaced at once.
/// </summary>
internal sealed class Lane : IAsyncDisposable
{
    // As a kubelet's grace period, shorter.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Restart = TimeSpan.FromMilliseconds(200);

    private readonly int _index;
    private readonly WorkerCommands _commands;
    private readonly string _kubeconfig;
    private readonly Action<WorkerLine> _heard;
    private readonly List<WorkerProcess> _processes = [];
    private readonly List<Exit> _exits = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _starts = new(1);
    private readonly List<Task> _watching = [];
    private bool _isReplaced;

    private Lane(int index, WorkerCommands commands, string kubeconfig, SilenceableProxy proxy, Action<WorkerLine> heard)
    {
        (_index, _commands, _kubeconfig, Proxy) = (index, commands, kubeconfig, proxy);
        _heard = line =>
        {
            if (line.Event is WorkerEvent.Working)
                LastWorkedNs = line.MonotonicNs;
            heard(line);
        };
    }

    public SilenceableProxy Proxy { get; }

    public string Name => NameOf(_index);

    /// <summary>Gets when it last said that it works.</summary>
    public long LastWorkedNs { get; private set; }

    /// <summary>Gets or sets a value indicating whether something is being done to it; the nemesis' own note.</summary>
    public bool IsBusy { get; set; }

    public IReadOnlyList<Exit> Exits => _exits;

    public static async Task<Lane> StartAsync(
        int index, WorkerCommands commands, ClusterAccess access, string folder, string @namespace, Action<WorkerLine> heard)
    {
        var configuration = access.Configuration();
        var proxy = new SilenceableProxy(new(configuration.Host));
        configuration.Host = proxy.Address.ToString();
        var kubeconfig = Path.Combine(folder, $"{NameOf(index)}.kubeconfig");
        await Kubeconfig.WriteAsync(kubeconfig, configuration, @namespace, CancellationToken.None);
        var lane = new Lane(index, commands, kubeconfig, proxy, heard);
        await lane.StartAsync();
        return lane;
    }

    public static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"worker-{index + 1}");

    public IReadOnlyList<WorkerHistory> Histories() => [.. _processes.Select(p => p.History())];

    public void Freeze() => Current().Freeze();

    public void Thaw()
    {
        if (!Current().HasExited)
            Current().Thaw();
    }

    /// <summary>SIGTERM or SIGKILL; returns once it is gone, and another is started when <see cref="ReplaceAsync"/> is called.</summary>
    /// <returns>What came of it.</returns>
    public async Task<string> EndAsync(bool kill)
    {
        _isReplaced = true;
        var process = Current();
        if (process.HasExited)
            return "was gone already";
        if (kill)
        {
            await process.KillAsync();
            return "";
        }

        process.Send(ProcessSignal.Terminate);
        try
        {
            var code = await process.ExitAsync(Grace, CancellationToken.None);
            return code == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"ended with {code}");
        }
        catch (InvalidOperationException)
        {
            await process.KillAsync();
            return "did not end, was killed";
        }
    }

    public async Task ReplaceAsync()
    {
        _isReplaced = false;
        if (!_stopping.IsCancellationRequested && Current().HasExited)
            await StartAsync();
    }

    /// <summary>The end of the run.</summary>
    public async Task<string> StopAsync()
    {
        await _stopping.CancelAsync();
        var said = await EndAsync(kill: false);
        await Task.WhenAll(_watching);
        return said;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _starts.WaitAsync();
        foreach (var process in _processes)
            await process.DisposeAsync();
        _starts.Release();
        await Task.WhenAll(_watching);
        await Proxy.DisposeAsync();
        _starts.Dispose();
        _stopping.Dispose();
    }

    private WorkerProcess Current() => _processes[^1];

    private async Task StartAsync()
    {
        await _starts.WaitAsync();
        try
        {
            if (_stopping.IsCancellationRequested)
                return;
            var name = string.Create(CultureInfo.InvariantCulture, $"{Name}.{_processes.Count + 1}");
            var process = await _commands.StartAsync(name, _kubeconfig, _heard);
            _processes.Add(process);
            _watching.Add(WatchAsync(process));
        }
        finally
        {
            _starts.Release();
        }
    }

    private async Task WatchAsync(WorkerProcess process)
    {
        await process.Exited;
        if (_isReplaced || _stopping.IsCancellationRequested)
            return;
        var code = await process.ExitAsync(Grace, CancellationToken.None);
        var error = process.Errors.Split('\n').LastOrDefault(line => line.Length > 0) ?? "";
        _exits.Add(new(process.Name, WorkerProcess.NowNs, code, error));
        await Task.Delay(Restart, TimeProvider.System, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_isReplaced)
            await StartAsync();
    }
}
