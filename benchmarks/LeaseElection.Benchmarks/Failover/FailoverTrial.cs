using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Measuring.Servers;
using LeaseElection.Benchmarks.Measuring.Statistics;

namespace LeaseElection.Benchmarks.Failover;

/// <summary>Two processes of one kind: whichever leads is killed, and replaced once the other works.</summary>
internal sealed class FailoverTrial(Session session, Stage stage, FailoverWorkers workers)
{
    private const string Case = "1 standby";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // A seed: the same moments in every call.
    private readonly Random _random = new(1);
    private readonly List<WorkerProcess> _processes = [];

    public async Task<IReadOnlyList<Series>> RunAsync(int runs, CancellationToken cancellationToken)
    {
        var (fromRenewal, fromKill) = (new List<double>(), new List<double>());
        await using var log = await RenewalLog.StartAsync(stage, workers.Lease, cancellationToken);
        try
        {
            var leader = await StartAsync();
            var began = await WorksAsync(leader, cancellationToken);
            var standby = await StartAsync();
            session.Say($"{workers.Who}: {runs} kills");
            for (var i = 0; i < runs; i++)
            {
                await SeesAsync(standby, began.Identity, cancellationToken);
                // Anywhere between two renewals, the first of which the new standby has seen come: of one from before its own start it can
                // only know later.
                await Clock.PassAsync(FailoverWorkers.RenewInterval * (1.5 + _random.NextDouble()), cancellationToken);
                var killed = Clock.NowNs;
                await leader.KillAsync();
                var next = await WorksAsync(standby, cancellationToken);
                var renewed = await log.LastRenewalAsync(began.Identity, next.Identity, cancellationToken);
                fromRenewal.Add(Clock.Milliseconds(renewed, next.MonotonicNs));
                fromKill.Add(Clock.Milliseconds(killed, next.MonotonicNs));
                (leader, began, standby) = (standby, next, await StartAsync());
            }
        }
        finally
        {
            foreach (var process in _processes)
                await process.DisposeAsync();
        }

        return
        [
            new(Case, workers.Who, FailoverBenchmark.FromRenewal, "ms", fromRenewal),
            new(Case, workers.Who, FailoverBenchmark.FromKill, "ms", fromKill),
        ];
    }

    private static Task<WorkerLine> WorksAsync(WorkerProcess worker, CancellationToken cancellationToken) =>
        worker.FirstAsync("that it works", line => line.Event is WorkerEvent.Working, Patience, cancellationToken);

    private static Task SeesAsync(WorkerProcess worker, string leader, CancellationToken cancellationToken) =>
        worker.FirstAsync(
            $"that {leader} leads", line => line.Event is WorkerEvent.Leader && line.Leader == leader, Patience, cancellationToken);

    private async Task<WorkerProcess> StartAsync()
    {
        var process = await workers.StartAsync(stage, FormattableString.Invariant($"{workers.Who}-{_processes.Count + 1}"));
        _processes.Add(process);
        return process;
    }
}
