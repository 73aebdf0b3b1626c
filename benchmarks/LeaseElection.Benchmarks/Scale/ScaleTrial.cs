using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Measuring.Statistics;

namespace LeaseElection.Benchmarks.Scale;

/// <summary>Many elections in one process against another process with the same: what that costs each while nothing happens.</summary>
internal sealed class ScaleTrial(Session session, TimeSpan window)
{
    // The start's own work is none of what is asked.
    private TimeSpan Settling => TimeSpan.FromSeconds(session.Request.Smallest ? 1 : 20);

    public async Task<ScaleFigure> RunAsync(ScaleServer server, int elections, string who, CancellationToken cancellationToken)
    {
        session.Say(FormattableString.Invariant($"{elections} elections of {who} on {server.Name}"));
        var began = Clock.NowNs;
        using var leader = await ScaleProcess.StartAsync(server, elections, who, cancellationToken);
        var ready = Clock.Milliseconds(began, Clock.NowNs) / 1000;
        using var standby = who == Contestants.Floor ? null : await ScaleProcess.StartAsync(server, elections, who, cancellationToken);
        await Clock.PassAsync(Settling, cancellationToken);

        var lost = await leader.LostAsync(cancellationToken);
        var requests = await server.RequestsAsync(cancellationToken);
        var (leaderBefore, standbyBefore, serverBefore, from) = (leader.Cost, standby?.Cost, server.Processor, Clock.NowNs);
        await Clock.PassAsync(window, cancellationToken);
        var (leaderAfter, standbyAfter, serverAfter) = (leader.Cost, standby?.Cost, server.Processor);
        var took = TimeSpan.FromMilliseconds(Clock.Milliseconds(from, Clock.NowNs));
        requests = await server.RequestsAsync(cancellationToken) - requests;
        return new(
            elections,
            server.Name,
            who,
            ProcessFigure.Between(leaderBefore, leaderAfter, took),
            standbyBefore is { } before ? ProcessFigure.Between(before, standbyAfter!.Value, took) : null,
            (serverAfter - serverBefore) / took,
            requests / took.TotalSeconds,
            await leader.LostAsync(cancellationToken) - lost,
            ready,
            await leader.HeapAsync(cancellationToken));
    }
}
