namespace LeaseElection.Benchmarks.Measuring.Servers;

/// <summary>
/// What nobody can be faster than: an old holder's connection and the next one's, both open and warm, and one Lease that they write in
/// turn.
/// </summary>
internal sealed class Floor : IDisposable
{
    private const string Lease = "floor";

    private readonly RawConnection _old;
    private readonly RawConnection _next;
    private readonly RawWatch _watch;
    private string _version;

    private Floor(RawConnection old, RawConnection next, RawWatch watch, string version) =>
        (_old, _next, _watch, _version) = (old, next, watch, version);

    public static async Task<Floor> StartAsync(Stage stage, CancellationToken cancellationToken)
    {
        var (old, next) = (new RawConnection(stage.Direct, stage.Namespace), new RawConnection(stage.Direct, stage.Namespace));
        var version = await old.CreateAsync(Lease, "old", cancellationToken);
        var floor = new Floor(old, next, await next.WatchAsync(Lease, version, cancellationToken), version);
        // The first ones pay for what is compiled and connected.
        for (var i = 0; i < 5; i++)
            await floor.HandOverAsync(cancellationToken);
        return floor;
    }

    /// <summary>
    /// The old holder's PUT that releases, its event at the next one, that one's PUT: from the first send to the last answer, in ms.
    /// </summary>
    public async Task<double> HandOverAsync(CancellationToken cancellationToken)
    {
        var from = Clock.NowNs;
        var released = _old.PutAsync(Lease, "", _version, cancellationToken);
        var seen = await SeenAsync("", cancellationToken);
        _version = await _next.PutAsync(Lease, "next", seen, cancellationToken);
        var to = Clock.NowNs;
        await released;
        await SeenAsync("next", cancellationToken);
        return Clock.Milliseconds(from, to);
    }

    /// <summary>One PUT, in ms.</summary>
    public async Task<double> PutAsync(CancellationToken cancellationToken)
    {
        var from = Clock.NowNs;
        _version = await _next.PutAsync(Lease, "next", _version, cancellationToken);
        var to = Clock.NowNs;
        await SeenAsync("next", cancellationToken);
        return Clock.Milliseconds(from, to);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _old.Dispose();
        _next.Dispose();
    }

    private async Task<string> SeenAsync(string holder, CancellationToken cancellationToken)
    {
        while (await _watch.NextAsync(cancellationToken) is { } sighting)
        {
            if (sighting.Holder == holder)
                return sighting.Version;
        }

        throw new InvalidOperationException("The API server ended the watch of the floor: start again");
    }
}
