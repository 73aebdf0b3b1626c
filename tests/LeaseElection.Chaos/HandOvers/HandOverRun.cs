using System.Globalization;
using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Workers;

namespace LeaseElection.Chaos.HandOvers;

/// <summary>
/// Electors of all kinds on one Lease. The one that works is asked to stop (SIGTERM) after a moment, and is started again once another
/// works. Nothing
/// else goes wrong. Leaves no process behind, however it ends.
/// </summary>
internal sealed class HandOverRun(ChaosOptions options, Action<string> progress)
{
    // Of a lease: how long the one that works is left in peace at most. Shorter than a process takes to start: else none but ours would
    // ever lead.
    private const double LongestPeace = 0.15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Timings _timings = new(options.Lease);
    private volatile TaskCompletionSource _work = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes the hand-overs.</summary>
    /// <exception cref="InvalidOperationException">It could not be made, or nobody took over; the message says which.</exception>
    public async Task<HandOverRecord> RunAsync(int count, CancellationToken cancellationToken)
    {
        await using var stage = await Stage.SetAsync(Company.Members, _timings, Heard, progress, cancellationToken);
        var lanes = stage.Lanes;
        var start = WorkerProcess.NowNs;
        var random = new SplitMix64(options.Seed);
        var leader = await NextAsync(lanes, after: null, cancellationToken);
        for (var i = 1; i <= count; i++)
        {
            await Task.Delay(_timings.Lease * random.Between(0, LongestPeace), TimeProvider.System, cancellationToken);
            var outcome = await lanes[leader].EndAsync(kill: false);
            if (outcome.Length > 0)
                progress($"{lanes[leader].Name} {outcome}");
            var next = await NextAsync(lanes, after: leader, cancellationToken);
            progress(string.Create(
                CultureInfo.InvariantCulture, $"{i,5} of {count}: {Company.Members[leader].Name()} to {Company.Members[next].Name()}"));
            await lanes[leader].ReplaceAsync();
            leader = next;
        }

        var length = TimeSpan.FromTicks((WorkerProcess.NowNs - start) / 100);
        progress("stopping the workers");
        foreach (var lane in lanes)
            await lane.StopAsync();
        return new([.. lanes.Select(lane => lane.Histories())], [.. lanes.SelectMany(lane => lane.Exits)], length);
    }

    private void Heard(WorkerLine line)
    {
        if (line.Event is WorkerEvent.Working)
            Interlocked.Exchange(ref _work, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Who works, later than the one before did.</summary>
    private async Task<int> NextAsync(IReadOnlyList<Lane> lanes, int? after, CancellationToken cancellationToken)
    {
        var last = after is { } before ? lanes[before].LastWorkedNs : 0;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            while (true)
            {
                var work = _work.Task;
                if (Enumerable.Range(0, lanes.Count).FirstOrDefault(i => lanes[i].LastWorkedNs > last, -1) is >= 0 and var next)
                    return next;
                await work.WaitAsync(patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture,
                $"nobody worked within {Patience.TotalSeconds} s{(after is { } was ? $" of the end of {lanes[was].Name}" : "")}"));
        }
    }
}
