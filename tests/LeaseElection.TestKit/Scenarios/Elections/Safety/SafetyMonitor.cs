using System.Collections.Immutable;
using System.Globalization;

namespace LeaseElection.TestKit.Scenarios.Elections.Safety;

/// <summary>
/// An independent judge of one election: at most one replica leads at any time, tokens rise from term to term, and nobody leads
/// longer than its deadline after its last write (S2). Looks at every term's beginning, and all the time in between.
/// </summary>
/// <remarks>It knows nothing of the machine: it asks the public face, and counts what the taps saw.</remarks>
public sealed class SafetyMonitor : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<string> _violations = [];
    private readonly CancellationTokenSource _over = new();
    private ImmutableArray<Replica> _replicas = [];
    private LeadershipTerm? _latest;
    private long _samples;

    public SafetyMonitor() => Sampler.Add(this);

    /// <summary>Gets how often it has looked.</summary>
    public long Samples => Volatile.Read(ref _samples);

    public void Add(Replica replica)
    {
        ImmutableInterlocked.Update(ref _replicas, replicas => replicas.Add(replica));
        _ = FollowAsync(replica);
    }

    /// <summary>A term has begun.</summary>
    public void Begins(Replica replica, LeadershipTerm term)
    {
        lock (_gate)
        {
            // News about an old term is late: only what is true now counts. Its begin was told before any later one could begin.
            if (term == _latest || !term.IsActive)
                return;
            if (_latest is { } last && term.FencingToken <= last.FencingToken)
                Violated(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{replica.Identity} leads with token {term.FencingToken} after token {last.FencingToken}"));
            if (_latest is { IsActive: true } other)
                Violated(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{replica.Identity} leads with token {term.FencingToken} while token {other.FencingToken} is active"));
            _latest = term;
        }

        Look();
    }

    /// <summary>etcd is restored from a backup: the one thing after which tokens may fall.</summary>
    public void Restored()
    {
        lock (_gate)
            _latest = null;
    }

    public void Violated(string what)
    {
        lock (_gate)
        {
            // One is enough; of a thousand nobody reads more than a few.
            if (_violations.Count < 10)
                _violations.Add(what);
        }
    }

    /// <summary>Fails the test if anything was wrong at any time.</summary>
    public void AssertSafe()
    {
        Look();
        lock (_gate)
        {
            if (_violations.Count > 0)
                Assert.Fail(string.Join('\n', _violations));
        }
    }

    public void Dispose()
    {
        Sampler.Remove(this);
        _over.Cancel();
        _over.Dispose();
    }

    /// <summary>Looks at all replicas at once.</summary>
    internal void Look()
    {
        Interlocked.Increment(ref _samples);
        var replicas = _replicas;
        Replica? first = null;
        LeadershipTerm? active = null;
        foreach (var replica in replicas)
        {
            if (LastsTooLong(replica))
                Violated($"{replica.Identity} leads for longer than {replica.RenewDeadline} after its last write");
            if (replica.Elector.Term is not { } term)
                continue;
            // One after the other: only a term that goes on after the second was seen was there at the same time.
            if (active is { IsActive: true })
                Violated($"{first!.Identity} and {replica.Identity} lead at once");
            (first, active) = (replica, term);
        }
    }

    // The clock is read before, and a tap's send time is never before the elector's own: so this errs on the elector's side.
    private static bool LastsTooLong(Replica replica)
    {
        var now = TimeProvider.System.GetTimestamp();
        if (!replica.Elector.IsLeader)
            return false;
        var last = replica.Tap.LatestWrite;
        return last is null || TimeProvider.System.GetElapsedTime(last.Value, now) >= replica.RenewDeadline;
    }

    private async Task FollowAsync(Replica replica)
    {
        try
        {
            await foreach (var change in replica.Elector.WatchAsync(_over.Token))
            {
                if (change.Term is { } term)
                    Begins(replica, term);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
