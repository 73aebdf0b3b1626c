using System.Globalization;
using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Nemesis;
using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Plans;
using LeaseElection.Chaos.Workers;

namespace LeaseElection.Chaos;

/// <summary>One run: servers, five workers, the nemesis, and a record of it all. Leaves no process behind, however it ends.</summary>
internal sealed class ChaosRun(Peer peer, ChaosOptions options, Action<string> progress)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StatusPace = TimeSpan.FromSeconds(10);

    private readonly Timings _timings = new(options.Lease);
    private readonly FencedStore<WorkerLine> _store = new();
    private readonly TaskCompletionSource _someoneWorks = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WorkerLine? _lastWork;

    /// <exception cref="InvalidOperationException">It could not be made; the message says why.</exception>
    public async Task<RunRecord> RunAsync(CancellationToken cancellationToken)
    {
        var schedule = Schedule.Create(options.Seed, options.Length, options.Lease);
        await using var stage = await Stage.SetAsync(
            [.. Enumerable.Repeat(peer, Schedule.Workers)], _timings, Heard, progress, cancellationToken);
        var lanes = stage.Lanes;
        await using var holders = new HolderLog(stage.Plane.Client, stage.Namespace);
        await FirstWorkAsync(lanes, cancellationToken);

        var from = WorkerProcess.NowNs;
        progress(
            string.Create(CultureInfo.InvariantCulture, $"someone works; {schedule.Count} faults in {options.Length.TotalSeconds:0} s"));
        using var statusStop = new CancellationTokenSource();
        var status = StatusAsync(from, statusStop.Token);
        using var servers = new ServerFaults(stage.Plane, new(stage.Plane.Client, stage.Namespace, WorkerCommands.LeaseName), _timings);
        var faults = await new NemesisRun(lanes, servers, text => Progress(from, text)).RunAsync(schedule, cancellationToken);
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
        var ends = await Task.WhenAll(lanes.Select(async lane => (lane.Name, Said: await lane.StopAsync())));
        return new(
            peer,
            options.Seed,
            options.Length,
            _timings,
            new(from, to),
            [.. lanes.Select(lane => lane.Histories())],
            [.. faults.OrderBy(f => f.FromNs)],
            holders.Changes,
            [.. lanes.SelectMany(lane => lane.Exits)],
            [.. ends.Where(e => e.Said.Length > 0).Select(e => $"{e.Name}, asked to stop when all was well, {e.Said}")],
            _store.Accepted,
            _store.Refused.ToHashSet());
    }

    // On the threads that read the workers' lines: the store's order of arrival is theirs.
    private void Heard(WorkerLine line)
    {
        if (line.Event is not WorkerEvent.Working)
            return;
        if (!_store.Write(line, line.FencingToken))
            progress($"the fenced store refuses {line}");
        _lastWork = line;
        _someoneWorks.TrySetResult();
    }

    private async Task FirstWorkAsync(IReadOnlyList<Lane> lanes, CancellationToken cancellationToken)
    {
        try
        {
            await _someoneWorks.Task.WaitAsync(Patience, TimeProvider.System, cancellationToken);
        }
        catch (TimeoutException)
        {
            var said = lanes[0].Exits.Select(exit => exit.LastError).LastOrDefault() ?? "nothing";
            throw new InvalidOperationException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"no worker worked within {Patience.TotalSeconds} s; the first one's last words: {said}"));
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
