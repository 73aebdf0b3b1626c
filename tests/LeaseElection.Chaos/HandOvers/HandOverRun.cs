using System.Globalization;
using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Plans;
using LeaseElection.Chaos.Workers;

namespace LeaseElection.Chaos.HandOvers;

/// <summary>
/// Electors of all kinds on one Lease. Whoever works is asked to stop (SIGTERM) after a moment, and is started again once another works. Nothing
/// else goes wrong. Leaves no process behind, however it ends.
/// </summary>
internal sealed class HandOverRun(ChaosOptions options, Action<string> progress) : IAsyncDisposable
{
    // Of a lease: how long whoever works is left in peace at most. Shorter than a process takes to start: else none but ours would ever lead.
    private const double LongestPeace = 0.15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Timings _timings = new(options.Lease);
    private readonly List<Lane> _lanes = [];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-handovers-");
    private volatile TaskCompletionSource _work = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ControlPlane? _plane;

    /// <summary>Makes the hand-overs.</summary>
    /// <exception cref="InvalidOperationException">It could not be made, or nobody took over; the message says which.</exception>
    public async Task<HandOverRecord> RunAsync(int count, CancellationToken cancellationToken)
    {
        progress("starting etcd and kube-apiserver");
        _plane = await ControlPlane.StartOwnAsync(cancellationToken)
            ?? throw new InvalidOperationException("No kube-apiserver and etcd here: run eng/control-plane.sh, or set KUBEBUILDER_ASSETS");
        var @namespace = await _plane.CreateNamespaceAsync(cancellationToken);
        var access = await _plane.GrantAsync(@namespace, user: 1, ["get", "watch", "create", "update"], cancellationToken);
        progress($"starting {string.Join(", ", Company.Members.Select(PeerNames.Name))}");
        foreach (var member in Company.Members)
            _lanes.Add(await Lane.StartAsync(_lanes.Count, new(member, _timings, @namespace), access, _folder.FullName, @namespace, Heard));

        var start = WorkerProcess.NowNs;
        var random = new SplitMix(options.Seed);
        var leader = await NextAsync(after: 0, but: null, cancellationToken);
        for (var i = 1; i <= count; i++)
        {
            await Task.Delay(_timings.Lease * random.Between(0, LongestPeace), TimeProvider.System, cancellationToken);
            var outcome = await _lanes[leader].EndAsync(kill: false);
            if (outcome.Length > 0)
                progress($"{_lanes[leader].Name} {outcome}");
            var next = await NextAsync(_lanes[leader].LastWorkedNs, leader, cancellationToken);
            progress(string.Create(CultureInfo.InvariantCulture, $"{i,5} of {count}: {Company.Members[leader].Name()} to {Company.Members[next].Name()}"));
            await _lanes[leader].ReplaceAsync();
            leader = next;
        }

        var length = TimeSpan.FromTicks((WorkerProcess.NowNs - start) / 100);
        progress("stopping the workers");
        foreach (var lane in _lanes)
            await lane.StopAsync();
        return new([.. _lanes.Select(lane => lane.Histories())], [.. _lanes.SelectMany(lane => lane.Exits)], length);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
            await lane.DisposeAsync();
        if (_plane is not null)
            await _plane.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private void Heard(WorkerLine line)
    {
        if (line.Event is WorkerEvent.Working)
            Interlocked.Exchange(ref _work, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private async Task<int> NextAsync(long after, int? but, CancellationToken cancellationToken)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var work = _work.Task;
            var lane = _lanes.FindIndex(l => l != (but is { } not ? _lanes[not] : null) && l.LastWorkedNs > after);
            if (lane >= 0)
                return lane;
            try
            {
                await work.WaitAsync(Patience - TimeProvider.System.GetElapsedTime(since), TimeProvider.System, cancellationToken);
            }
            catch (Exception e) when (e is TimeoutException or ArgumentOutOfRangeException)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"nobody took over from {(but is { } was ? _lanes[was].Name : "nobody")} within {Patience.TotalSeconds} s"));
            }
        }
    }
}
