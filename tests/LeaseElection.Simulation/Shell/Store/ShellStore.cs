using System.Diagnostics;
using System.Runtime.CompilerServices;
using LeaseElection.Leases;
using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Plans;
using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Shell.Store;

/// <summary>The Lease as one host reaches it, in the world's time.</summary>
internal sealed class ShellStore(ShellServer server, Link link, HostRecord host, WorldTime time, TimeSpan renewDeadline) : ILeaseStore
{
    private const string NoAnswer = "no answer, as planned";

    public async Task<ReadOutcome> ReadAsync(CancellationToken cancellationToken)
    {
        await TravelAsync(link.Latency);
        if (link.IsCut)
        {
            link.Spoilt();
            await Task.WhenAny(link.Changed, Task.Delay(TimeSpan.FromMilliseconds(200), time, CancellationToken.None));
            return new ReadOutcome.Failed(NoAnswer, RetryAfter: null);
        }

        var outcome = server.Read();
        await TravelAsync(link.Latency);
        return outcome;
    }

    public async Task<WriteOutcome> WriteAsync(LeaseWrite write, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var sent = time.Now;
        var spoil = link.TakeNext();
        await TravelAsync(link.Latency);
        if (link.IsCut)
        {
            link.Spoilt();
            await TimeOutAsync(timeout, cancellationToken);
            link.Spoilt();
            return new WriteOutcome.Unknown(NoAnswer, RetryAfter: null);
        }

        if (spoil == EventKind.Error)
        {
            link.Spoilt();
            await TravelAsync(link.Latency);
            return new WriteOutcome.Unknown("500, as planned", RetryAfter: null);
        }

        var outcome = server.Write(host, write, sent);
        if (spoil == EventKind.LostReply)
        {
            link.Spoilt();
            await TimeOutAsync(timeout, cancellationToken);
            return new WriteOutcome.Unknown(NoAnswer, RetryAfter: null);
        }

        await TravelAsync(link.Latency);
        if (outcome is WriteOutcome.Written)
            host.Answered(sent, time.Now, renewDeadline);
        return outcome;
    }

    public async IAsyncEnumerable<WatchSignal> WatchAsync(long fromVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var index = server.FirstAfter(fromVersion);
        while (true)
        {
            if (link.IsCut)
            {
                yield return new WatchSignal.Failing(NoAnswer, Rejection: null);
                while (link.IsCut)
                    await link.Changed.WaitAsync(cancellationToken);
                yield return new WatchSignal.Recovered();
            }

            var changed = link.Changed;
            var (events, more) = server.After(index);
            if (events.Count == 0)
            {
                await Task.WhenAny(more, changed).WaitAsync(cancellationToken);
                continue;
            }

            await Task.Delay(link.Latency, time, cancellationToken);
            if (host.IsDead)
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            if (link.IsCut)
                continue;
            index += events.Count;
            foreach (var what in events)
                yield return what.Lease is { } lease ? new WatchSignal.Seen(lease) : new WatchSignal.Deleted(what.Version);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // What is left of the time-out, the way there counted; a delay below zero would be an error, or without end.
    private Task TimeOutAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var rest = timeout > link.Latency ? timeout - link.Latency : TimeSpan.Zero;
        return Task.WhenAny(Task.Delay(rest, time, cancellationToken));
    }

    private async Task TravelAsync(TimeSpan latency)
    {
        host.IsTraced |= Activity.Current is not null;
        await Task.Delay(latency, time, CancellationToken.None);
        if (host.IsDead)
            await Task.Delay(Timeout.InfiniteTimeSpan, time, CancellationToken.None);
    }
}
