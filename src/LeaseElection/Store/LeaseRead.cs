using LeaseElection.Connection.Http;
using LeaseElection.Leases;
using LeaseElection.Store.Http;

namespace LeaseElection.Store;

/// <summary>
/// One read, with all its tries. Each stays open; after RequestTimeout another goes out beside it, and the first good answer wins.
/// </summary>
internal sealed class LeaseRead(KubernetesConnection connection, LeaseAddress address, TimeSpan requestTimeout, TimeProvider time)
{
    // By default three quarters of RenewDeadline: the election waits no longer for a read.
    private const double Longest = 3.75;

    private readonly Trail _trail = new();
    private long? _began;
    private ReadOutcome.Failed? _failed;

    /// <summary>Tries once, if time is left.</summary>
    public async ValueTask<ReadOutcome> TryAsync(CancellationToken cancellationToken)
    {
        await connection.ReadTurns.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _began ??= time.GetTimestamp(); // Waiting for a turn costs no time.
            var left = (Longest * requestTimeout) - time.GetElapsedTime(_began.Value);
            if (_failed is not null && left < requestTimeout / 8)
                return _failed;
            var outcome = await HedgeAsync(left, cancellationToken).ConfigureAwait(false);
            _failed = outcome as ReadOutcome.Failed;
            return outcome;
        }
        finally
        {
            connection.ReadTurns.Release();
        }
    }

    private async Task<ReadOutcome> HedgeAsync(TimeSpan left, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var first = SendAsync(Way.Usual, left, over.Token);
            try
            {
                return await first.WaitAsync(left > requestTimeout ? requestTimeout : left, time, CancellationToken.None)
                    .ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                if (left <= requestTimeout)
                    return await first.ConfigureAwait(false);
            }

            var second = SendAsync(Way.Beside, left - requestTimeout, over.Token);
            var sooner = await Task.WhenAny(first, second).ConfigureAwait(false);
            var outcome = await sooner.ConfigureAwait(false);
            return outcome is ReadOutcome.Failed ? await (sooner == first ? second : first).ConfigureAwait(false) : outcome;
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
        }
    }

    private async Task<ReadOutcome> SendAsync(Way way, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var call = new ApiCall(HttpMethod.Get, address.Lease, timeout) { Way = way, Trail = _trail, LeavesTrail = true };
        return ReadAnswers.Read(await connection.SendAsync(call, cancellationToken).ConfigureAwait(false), address.Name);
    }
}
