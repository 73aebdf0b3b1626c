using FailoverDemo.Replicas;
using FailoverDemo.Story;

namespace FailoverDemo;

/// <summary>Stops the leader again and again, by turns gracefully and by freezing it.</summary>
internal sealed class Disruptor(IReadOnlyList<IReplica> replicas, Recorder recorder, Timings timings, TimeSpan every, TimeProvider time)
{
    // So long a leader is left alone at least, however late it came; and so long a frozen one is left behind the next one's back.
    private readonly TimeSpan _while = TimeSpan.FromSeconds(Math.Min(3, every.TotalSeconds));

    /// <summary>Until cancelled. Does nothing where the interval is zero.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (every == TimeSpan.Zero)
            return;

        var term = await recorder.LeaderAsync(after: 0, cancellationToken);
        var due = recorder.Now + every;
        for (var turn = 0; ; turn++)
        {
            var what = turn % 2 == 0 ? Disruption.GracefulStop : Disruption.Freeze;
            recorder.Tell(now => new Planned(now, what, due));
            await DelayAsync(due - recorder.Now, cancellationToken);

            // The leader of this moment: it may have changed without us.
            term = await recorder.LeaderAsync(after: term.FencingToken - 1, cancellationToken);
            var leader = replicas.First(r => r.Name == term.Replica);
            term = what is Disruption.GracefulStop
                ? await StopAsync(leader, term, cancellationToken)
                : await FreezeAsync(leader, term, cancellationToken);

            var earliest = recorder.Now + _while;
            due += every;
            due = due > earliest ? due : earliest;
        }
    }

    private async Task<Term> StopAsync(IReplica leader, Term term, CancellationToken cancellationToken)
    {
        leader.Stop();
        return await recorder.LeaderAsync(term.FencingToken, cancellationToken);
    }

    private async Task<Term> FreezeAsync(IReplica leader, Term term, CancellationToken cancellationToken)
    {
        leader.Freeze();
        var next = recorder.LeaderAsync(term.FencingToken, cancellationToken);
        try
        {
            await next.WaitAsync(timings.LeaseDuration * 2, time, cancellationToken);
            _ = ThawLaterAsync(leader, _while, cancellationToken);
        }
        catch (TimeoutException)
        {
            leader.Thaw(); // There is nobody else, and so nobody takes over.
        }

        return await next;
    }

    private async Task ThawLaterAsync(IReplica leader, TimeSpan delay, CancellationToken cancellationToken)
    {
        await DelayAsync(delay, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        leader.Thaw(); // At the end, too: a replica that is answered can leave properly.
    }

    private Task DelayAsync(TimeSpan delay, CancellationToken cancellationToken) =>
        Task.Delay(delay > TimeSpan.Zero ? delay : TimeSpan.Zero, time, cancellationToken);
}
