namespace LeaseElection.Benchmarks.Measuring.Servers;

/// <summary>Who renewed a Lease last, and when, by a watch.</summary>
internal sealed class RenewalLog : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly RawConnection _connection;
    private readonly RawWatch _watch;
    private readonly Heard<LeaseSighting> _seen = new("the Lease");
    private readonly Task _reading;

    private RenewalLog(RawConnection connection, RawWatch watch)
    {
        (_connection, _watch) = (connection, watch);
        _reading = ReadAsync();
    }

    public static async Task<RenewalLog> StartAsync(Stage stage, string lease, CancellationToken cancellationToken)
    {
        var connection = new RawConnection(stage.Direct, stage.Namespace);
        // From version 0 on: what there is, if there is any, and all that follows.
        return new(connection, await connection.WatchAsync(lease, "0", cancellationToken));
    }

    /// <summary>Waits until the Lease has been seen with another holder than this one, and later than it.</summary>
    /// <returns>When the old one renewed last, by the monotonic clock.</returns>
    public async Task<long> LastRenewalAsync(string holder, string next, CancellationToken cancellationToken)
    {
        await _seen.FirstAsync($"that {next} holds it", s => s.Holder == next, TimeSpan.FromSeconds(30), cancellationToken);
        var last = _seen.All.Last(s => s.Holder == holder);
        return Clock.Monotonic(last.RenewTime ?? throw new InvalidOperationException($"{holder} wrote no renewTime"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _watch.Dispose();
        _connection.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _watch.NextAsync(_stop.Token) is { } sighting)
            _seen.Add(sighting);
        _seen.End();
    }
}
