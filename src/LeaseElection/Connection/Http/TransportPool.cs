using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Http;

/// <summary>
/// The transports of one connection. Requests take the current one. Doubt chooses another, and opens one where none works, ever less
/// often; the doubted one lives on for what is on its way there, and may become current again. Streams beyond what one connection should
/// carry get lanes of their own.
/// </summary>
internal sealed class TransportPool : ITransportListener, IDisposable
{
    /// <summary>
    /// So many streams travel on one transport. A GOAWAY moves them all, and with <c>--goaway-chance=0.02</c> each request that opens one
    /// may bring the next GOAWAY: fifty would move for ever.
    /// </summary>
    public const int MostStreams = 25;

    private const int MostSpares = 2;
    private const uint EnhanceYourCalm = 0xB;
    private const long Never = long.MinValue;

    private readonly ITransportFactory _factory;
    private readonly ConnectionTimes _times;
    private readonly TimeProvider _time;
    private readonly Func<double> _random;
    private readonly Action<string> _notice;
    private readonly ReconnectBackoff _backoff;
    private readonly Lock _gate = new();
    private readonly List<Transport> _all = [];
    private readonly ITimer _inspection;
    private ClientCertificate? _certificate;
    private ClientCertificate? _formerCertificate;
#pragma warning disable CA2213 // One of all, which are parted: the last to leave disposes of it.
    private Transport _current;
#pragma warning restore CA2213
    private TimeSpan _pingDelay;
    private long _refusedSince = Never;
    private bool _inspecting;
    private bool _disposed;

    /// <param name="factory">Makes transports.</param>
    /// <param name="times">When they are doubted and given up.</param>
    /// <param name="certificate">The client certificate that is known without waiting.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Jitter, in [0, 1). From any thread.</param>
    /// <param name="notice">Takes what an operator should read. Called without a lock, on any thread.</param>
    public TransportPool(
        ITransportFactory factory, ConnectionTimes times, ClientCertificate? certificate,
        TimeProvider time, Func<double> random, Action<string> notice)
    {
        (_factory, _times, _certificate, _time, _random, _notice) = (factory, times, certificate, time, random, notice);
        _backoff = new(time);
        _pingDelay = times.PingDelay;
        _current = Open();
        _inspection = time.CreateTimer(
            static pool => ((TransportPool)pool!).Inspect(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Goes into the transport that this call is to take.</summary>
    /// <param name="call">The request.</param>
    /// <param name="certificate">By which it says who we are.</param>
    /// <param name="ending">What ends it, if it is a stream.</param>
    /// <returns>Null once disposed.</returns>
    public TransportUse? Enter(ApiCall call, ClientCertificate? certificate, CancellationTokenSource ending)
    {
        lock (_gate)
        {
            if (_disposed)
                return null;
            Show(certificate);
            Settle();
            var use = call.Way == Way.Same && call.Trail?.Last is { IsGoneAway: false } last && last.Setup.Certificate == _certificate
                ? last.TryEnter(stream: null, evenParted: true)
                : null;
            while (use is null)
                use = Choose(call).TryEnter(call.Streams ? ending : null); // A lane may close itself just then.
            if (call is { LeavesTrail: true, Trail: { } trail })
                trail.Last = use.Transport;
            InspectSoon();
            return use;
        }
    }

    /// <summary>A request was answered.</summary>
    /// <param name="use">Its time in the transport.</param>
    /// <param name="weight">How much the answer speaks against the transport; zero: it is a good one.</param>
    public void Judge(TransportUse use, int weight)
    {
        Volatile.Write(ref _refusedSince, Never);
        var transport = use.Transport;
        if (transport.Judge(weight))
        {
            lock (_gate)
                Settle();
        }

        if (weight > 0 || transport == Volatile.Read(ref _current))
            return;

        // It answers, and the current one, asked before it, does not, even if something in between answers its PINGs.
        lock (_gate)
        {
            if (IsInPool(transport) && _current.WaitingSince is { } since && since <= use.Waiting.Value.SentAt
                && _time.GetElapsedTime(since) >= _times.RequestTimeout)
                Volatile.Write(ref _current, transport);
        }
    }

    /// <summary>
    /// Nobody listens at the server's address. A server that shuts down takes no new connections, but waits for open streams: after a while
    /// of nothing but refusals they are in its way.
    /// </summary>
    public void Refused()
    {
        lock (_gate)
        {
            var since = Volatile.Read(ref _refusedSince);
            if (since != Never && _time.GetElapsedTime(since) < ConnectionTimes.Refusals)
                return;
            Volatile.Write(ref _refusedSince, _time.GetTimestamp());
            if (since == Never)
                return;
            foreach (var transport in _all)
                transport.GiveUpStreams(ConnectionTimes.Spread, _random);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
            _inspection.Dispose();

            // The last to leave closes it. A handler that is closed under its first request may leave the connection behind for a minute.
            foreach (var transport in _all)
                GiveUp(transport, TimeSpan.Zero);
        }
    }

    void ITransportListener.Connected(Transport transport) => Volatile.Write(ref _refusedSince, Never);

    void ITransportListener.FellSilent(Transport transport)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            Settle();
            InspectSoon();
        }
    }

    void ITransportListener.IsHeard(Transport transport)
    {
        lock (_gate)
        {
            if (transport != _current && IsInPool(transport) && !transport.IsSuspect && (_current.IsSuspect || !_current.WasHeard))
                Volatile.Write(ref _current, transport);
        }
    }

    void ITransportListener.GoesAway(Transport transport, uint code)
    {
        TimeSpan? calmer = null;
        lock (_gate)
        {
            if (_disposed)
                return;
            GiveUp(transport, ConnectionTimes.Spread);

            // Of several that are told together only the first counts.
            if (code == EnhanceYourCalm && transport.Setup.PingDelay >= _pingDelay && ConnectionTimes.Calmer(_pingDelay) > _pingDelay)
                calmer = _pingDelay = ConnectionTimes.Calmer(_pingDelay);
        }

        if (calmer is { } delay)
        {
            var every = $"{delay.TotalSeconds:0.#} s";
            _notice($"the server, or a proxy, ended a connection because of too many PINGs; new ones send one every {every}");
        }
    }

    private static bool IsInPool(Transport transport) => transport is { IsOpen: true, IsLane: false };

    // Another certificate is another identity of the connection: what is on its way ends where it is, the rest begins anew.
    private void Show(ClientCertificate? certificate)
    {
        // A request that asked for its credential before the renewal and goes in after it takes the new one, too.
        if (certificate == _certificate || (certificate is not null && certificate == _formerCertificate))
            return;
        (_formerCertificate, _certificate) = (_certificate, certificate);
        foreach (var transport in _all)
            GiveUp(transport, ConnectionTimes.Spread);
        Volatile.Write(ref _current, Open());
    }

    // Makes the current transport one that works, as far as is known.
    private void Settle()
    {
        if (_current is { IsOpen: true, IsSuspect: false })
            return;
        if (Best(except: null) is { IsSuspect: false } best)
            Volatile.Write(ref _current, best);
        else if (!_current.IsOpen)
            Volatile.Write(ref _current, Open());
        else if (TryOpen() is { } fresh)
            Volatile.Write(ref _current, fresh);
    }

    private Transport Choose(ApiCall call) => call switch
    {
        { Streams: true } => ForStream(),
        { Way: Way.Other, Trail.Last: { } last } => OtherThan(last) ?? OpenAnyway(),
        { Way: Way.Beside, Trail.Last: { } last } => OtherThan(last) is { IsSuspect: false } other ? other : _current,
        _ => _current,
    };

    private Transport ForStream()
    {
        if (_current.Streams < MostStreams)
            return _current;
        var lane = _all.Find(t => t is { IsLane: true, IsOpen: true, IsSuspect: false } && t.Streams < MostStreams) ?? Open();
        lane.IsLane = true;
        return lane;
    }

    private Transport? OtherThan(Transport last)
    {
        var best = Best(except: last);
        return best is { IsSuspect: false } ? best : TryOpen() ?? best;
    }

    // The one that works best: not suspect, heard most recently.
    private Transport? Best(Transport? except) =>
        _all.Where(t => t != except && IsInPool(t)).OrderBy(static t => t.IsSuspect).ThenByDescending(static t => t.Heard).FirstOrDefault();

    private Transport? TryOpen()
    {
        if (!_backoff.TryTake())
            return null;
        try
        {
            return Open();
        }
        catch (Exception)
        {
            // The application's handler setup threw, though it did not at start. Then the old transport has to do.
            return null;
        }
    }

    // A second write does not wait for the backoff.
    private Transport OpenAnyway()
    {
        _backoff.Take();
        return Open();
    }

    private Transport Open()
    {
        _all.RemoveAll(static t => t.IsDisposed);
        var transport = _factory.Create(new(_certificate, _pingDelay));
        transport.Listener = this;
        _all.Add(transport);
        foreach (var surplus in _all
            .Where(t => IsInPool(t) && t != transport && t != _current)
            .OrderBy(static t => t.IsSuspect).ThenByDescending(static t => t.Heard)
            .Skip(MostSpares - 1).ToList())
            surplus.Part();
        return transport;
    }

    private void GiveUp(Transport transport, TimeSpan spread)
    {
        transport.Part();
        transport.GiveUpStreams(spread, _random);
    }

    // While there is more than one.
    private void InspectSoon()
    {
        if (_inspecting || _all.Count < 2)
            return;
        _inspecting = true;
        _inspection.Change(_times.Inspection, Timeout.InfiniteTimeSpan);
    }

    private void Inspect()
    {
        lock (_gate)
        {
            _inspecting = false;
            if (_disposed)
                return;
            _all.RemoveAll(static t => t.IsDisposed);
            foreach (var transport in _all)
            {
                if (transport == _current || !_current.WasHeard || _current.IsSuspect)
                    continue;
                if (_current.Heard > transport.Heard && transport.Silence() >= _times.PingSilence)
                    GiveUp(transport, TimeSpan.Zero);
                else if (transport.IsIdle && _time.GetElapsedTime(transport.LastUsed) >= ConnectionTimes.SpareLife)
                    transport.Part();
            }

            InspectSoon();
        }
    }
}
