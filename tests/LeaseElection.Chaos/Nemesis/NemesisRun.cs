using System.Globalization;
using LeaseElection.Chaos.Plans;
using LeaseElection.Chaos.Workers;

namespace LeaseElection.Chaos.Nemesis;

/// <summary>Does what the schedule says, each fault when it is due, whatever else is going on.</summary>
internal sealed class NemesisRun(IReadOnlyList<Lane> lanes, ServerFaults servers, Action<string> progress)
{
    private static readonly long LeadsNs = (long)TimeSpan.FromSeconds(1).TotalNanoseconds;

    private readonly Lock _lock = new();
    private readonly List<FaultRecord> _records = [];

    /// <summary>Returns once the last fault is put right; what it began it puts right also when cancelled.</summary>
    public async Task<IReadOnlyList<FaultRecord>> RunAsync(IReadOnlyList<PlannedFault> schedule, CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        var underWay = new List<Task>();
        try
        {
            foreach (var fault in schedule)
            {
                var wait = fault.At - TimeProvider.System.GetElapsedTime(start);
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, TimeProvider.System, cancellationToken);
                underWay.Add(DoAsync(fault, cancellationToken));
            }
        }
        finally
        {
            await Task.WhenAll(underWay);
        }

        return _records;
    }

    private async Task DoAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        var index = fault.IsOfServers ? null : Take(fault);
        var from = WorkerProcess.NowNs;
        string? outcome;
        var wasDone = true;
        if (!fault.IsOfServers && index is null)
        {
            (outcome, wasDone) = ("all five are busy", false);
        }
        else
        {
            progress(string.Create(
                CultureInfo.InvariantCulture, $"{fault}{(index is { } lane && fault.Worker is null ? $" ({lanes[lane].Name})" : "")}"));
            try
            {
                outcome = index is { } one
                    ? await new WorkerFaults(lanes[one]).DoAsync(fault, cancellationToken)
                    : await servers.DoAsync(fault, cancellationToken);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                // A fault that cannot be done now (a Lease that is gone, a process that ended this moment) is told, and the run goes on.
                (outcome, wasDone) = ($"{e.GetType().Name}: {e.Message.Split('\n')[0]}", false);
            }
        }

        lock (_lock)
            _records.Add(new(fault, index, from, WorkerProcess.NowNs, outcome, wasDone));
        if (outcome.Length > 0)
            progress($"  {fault.Kind}: {outcome}");
        if (index is { } taken)
        {
            lock (_lock)
                lanes[taken].IsBusy = false;
        }
    }

    // Who worked in the last second leads; when it is busy already, or nobody does, the next one.
    private int? Take(PlannedFault fault)
    {
        lock (_lock)
        {
            var now = WorkerProcess.NowNs;
            var leader = Enumerable.Range(0, lanes.Count).MaxBy(i => lanes[i].LastWorkedNs);
            var first = fault.Worker ?? (now - lanes[leader].LastWorkedNs < LeadsNs ? leader : (int)(fault.At.Ticks % lanes.Count));
            for (var i = 0; i < lanes.Count; i++)
            {
                var index = (first + i) % lanes.Count;
                if (lanes[index].IsBusy)
                    continue;
                lanes[index].IsBusy = true;
                return index;
            }

            return null;
        }
    }
}
