using System.Globalization;
using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Nemesis;
using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Plans;
using LeaseElection.Chaos.Workers;

namespace LeaseElection.Chaos;

/// <summary>One run: servers, five workers, the nemesis, and a record of it all. Leaves no process behind, however it ends.</summary>
internal sealed class ChaosRun(Peer peer, ChaosOptions options, Action<string> progress) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StatusPace = TimeSpan.FromSeconds(10);

    private readonly Timings _timings = new(options.Lease);
    private readonly FencedStore _store = new();
    private readonly List<Lane> _lanes = [];
    private readonly TaskCompletionSource _someoneWorks = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-chaos-");
    private ControlPlane? _plane;
    private WorkerLine? _lastWork;

    /// <exception cref="InvalidOperationException">It could not be made; the message says why.</exception>
    public async Task<RunRecord> RunAsync(CancellationToken cancellationToken)
    {
        var schedule = Schedule.Create(options.Seed, options.Length, options.Lease);
        progress("starting etcd and kube-apiserver");
        _plane = await ControlPlane.StartOwnAsync(cancellationToken)
            ?? throw new InvalidOperationException("No kube-apiserver and etcd here: run eng/control-plane.sh, or set KUBEBUILDER_ASSETS");
        var @namespace = await _plane.CreateNamespaceAsync(cancellationToken);
        var access = await _plane.GrantAsync(@namespace, user: 1, ["get", "watch", "create", "update"], cancellationToken);
        await using var holders = new HolderLog(_plane.Client, @namespace);

        progress($"starting {Schedule.Workers} workers: {peer.Name()}");
        var commands = new WorkerCommands(peer, _timings, @namespace);
        for (var i = 0; i < Schedule.Workers; i++)
            _lanes.Add(await Lane.StartAsync(i, commands, access, _folder.FullName, @namespace, Heard));
        await FirstWorkAsync(cancellationToken);

        var from = WorkerProcess.NowNs;
        progress(string.Create(CultureInfo.InvariantCulture, $"someone works; {schedule.Count} faults in {options.Length.TotalSeconds:0} s"));
        using var statusStop = new CancellationTokenSource();
        var status = StatusAsync(from, statusStop.Token);
        using var servers = new ServerFaults(_plane, new(_plane.Client, @namespace, WorkerCommands.LeaseName), _timings);
        var faults = await new NemesisRun(_lanes, servers, text => Progress(from, text)).RunAsync(schedule, cancellationToken);
        var end = Math.Max(
            from + (long)options.Length.TotalNanoseconds,
            faults.Select(f => f.ToNs).DefaultIfEmpty(from).Max() + (long)_timings.Recovery.TotalNanoseconds);
        var rest = TimeSpan.FromTicks(Math.Max(0, end - WorkerProcess.NowNs) / 100);
        await Task.Delay(rest, TimeProvider.System, cancellationToken);
        var to = WorkerProcess.NowNs;
        await statusStop.CancelAsync();
        await status;

        progress("stopping the workers");
        await holders.StopAsync();
        var ends = await Task.WhenAll(_lanes.Select(async lane => (lane.Name, Said: await lane.StopAsync())));
        return new(
            peer,
            options.Seed,
            options.Length,
            _timings,
            new(from, to),
            [.. _lanes.Select(lane => lane.Histories())],
            [.. faults.OrderBy(f => f.FromNs)],
            holders.Changes,
            [.. _lanes.SelectMany(lane => lane.Exits)],
            [.. ends.Where(e => e.Said.Length > 0).Select(e => $"{e.Name}, asked to stop when all was well, {e.Said}")],
            _store.Accepted,
            _store.Refused);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
            await lane.DisposeAsync();
        if (_plane is not null)
            await _plane.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // On the threads that read the workers' lines: the store's order of arrival is theirs.
    private void Heard(WorkerLine line)
    {
        if (line.Event is not WorkerEvent.Working)
            return;
        if (!_store.Write(line))
            progress($"the fenced store refuses {line}");
        _lastWork = line;
        _someoneWorks.TrySetResult();
    }

    private async Task FirstWorkAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _someoneWorks.Task.WaitAsync(Patience, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            var said = _lanes[0].Exits.Select(exit => exit.LastError).LastOrDefault() ?? "nothing";
            throw new InvalidOperationException(
                string.Create(CultureInfo.InvariantCulture, $"no worker worked within {Patience.TotalSeconds} s; the first one's last words: {said}"));
        }
    }

    private async Task StatusAsync(long from, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(StatusPace, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var work = _lastWork!;
            if (!cancellationToken.IsCancellationRequested)
            {
                Progress(from, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_store.Accepted} writes taken, {_store.Refused.Count} refused; {work.Identity} worked last, {(WorkerProcess.NowNs - work.MonotonicNs) / 1e9:0.0} s ago"));
            }
        }
    }

    private void Progress(long from, string text) =>
        progress(string.Create(CultureInfo.InvariantCulture, $"{(WorkerProcess.NowNs - from) / 1e9,6:0.0} s  {text}"));
}
