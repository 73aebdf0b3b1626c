namespace LeaseElection.Connection.Http;

/// <summary>
/// One way to the server: a handler with its own TCP connection, or several where one has too few streams. Parted, it takes no new
/// requests, and is disposed of when the last has left: never under a sender.
/// </summary>
internal sealed class Transport : IDisposable
{
    /// <summary>So many bad answers in a row, and what sends them is not the server that new connections reach.</summary>
    public const int MostTrouble = 3;

    private readonly Lock _gate = new();
    private readonly HashSet<TransportUse> _streams = [];
    private readonly TimeProvider _time;
    private readonly SilenceTimer _silence;
    private readonly HttpMessageInvoker _invoker;
    private readonly IDisposable _sockets;
    private ITransportListener? _listener;
    private long _heard = long.MinValue;
    private long _silentSince;
    private int _inside;
    private int _trouble;
    private volatile bool _silent;
    private volatile bool _parted;
    private volatile bool _disposed;

    /// <param name="setup">In what it may differ from others.</param>
    /// <param name="times">When it is doubted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="open">Makes what sends, and what to dispose of besides it; it tells this transport what is heard.</param>
    public Transport(
        TransportSetup setup, ConnectionTimes times, TimeProvider time, Func<Transport, (HttpMessageInvoker, IDisposable)> open)
    {
        (Setup, _time) = (setup, time);
        _silence = new(time, times.RequestTimeout, () => Heard, () => PingDue, FallSilent);
        LastUsed = time.GetTimestamp();
        (_invoker, _sockets) = open(this);
    }

    public TransportSetup Setup { get; }

    /// <summary>Sets who is told what happens to it.</summary>
    public ITransportListener Listener
    {
        set => _listener = value;
    }

    /// <summary>Gets or sets a value indicating whether it carries streams alone, because the current transport has enough.</summary>
    public bool IsLane { get; set; }

    /// <summary>Gets a value indicating whether its connections speak HTTP/2, so that PINGs tell whether they live.</summary>
    public bool HasPings { get; private set; }

    /// <summary>Gets a value indicating whether the server sent a GOAWAY on it.</summary>
    public bool IsGoneAway { get; private set; }

    public bool IsOpen => !_parted;

    public bool IsDisposed => _disposed;

    /// <summary>Gets a value indicating whether nothing was heard for RequestTimeout while a request waited, nor since.</summary>
    public bool IsSilent => _silent;

    /// <summary>Gets the timestamp since which it is silent.</summary>
    public long SilentSince => Volatile.Read(ref _silentSince);

    /// <summary>Gets a value indicating whether others are to be preferred: it is silent, or answers badly.</summary>
    public bool IsSuspect => _silent || Volatile.Read(ref _trouble) >= MostTrouble;

    /// <summary>Gets the timestamp at which the server was last heard; the smallest number when it never was.</summary>
    public long Heard => Volatile.Read(ref _heard);

    public bool WasHeard => Heard != long.MinValue;

    /// <summary>Gets the timestamp at which a request last went in.</summary>
    public long LastUsed { get; private set; }

    /// <summary>Gets since when a request waits on it; null when none does.</summary>
    public long? WaitingSince => _silence.Oldest;

    public int Streams
    {
        get
        {
            lock (_gate)
                return _streams.Count;
        }
    }

    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _inside == 0;
        }
    }

    private TimeSpan? PingDue => HasPings ? ConnectionTimes.PingDue(Setup.PingDelay) : null;

    /// <summary>How long it has been without a sign of life that was due; zero where nobody knows.</summary>
    public TimeSpan Silence()
    {
        if (_silent)
            return _time.GetElapsedTime(SilentSince);
        return PingDue is { } due && WasHeard ? _time.GetElapsedTime(Heard) - due : TimeSpan.Zero;
    }

    public void Hear()
    {
        var news = _silent || !WasHeard;
        Volatile.Write(ref _heard, _time.GetTimestamp());
        if (!news)
            return;
        _silent = false;
        _listener?.IsHeard(this);
    }

    /// <summary>A TCP connection stands.</summary>
    public void Connect(bool hasPings)
    {
        HasPings = hasPings;
        Hear();
        _listener?.Connected(this);
    }

    public void GoAway(uint code)
    {
        IsGoneAway = true;
        _listener?.GoesAway(this, code);
    }

    /// <summary>Counts a bad answer; a good one forgets them.</summary>
    /// <param name="weight">How bad it is; zero for a good answer.</param>
    /// <returns>Whether it is just now that there are too many.</returns>
    public bool Judge(int weight)
    {
        if (weight == 0)
        {
            if (Volatile.Read(ref _trouble) != 0)
                Volatile.Write(ref _trouble, 0);
            return false;
        }

        var sum = Interlocked.Add(ref _trouble, weight);
        return sum >= MostTrouble && sum - weight < MostTrouble;
    }

    /// <summary>Goes in, to send a request or to read a stream.</summary>
    /// <param name="stream">What ends the stream; null for a request with one answer.</param>
    /// <param name="evenParted">Whether it may be parted, as long as others are still inside.</param>
    /// <returns>Null when it is too late.</returns>
    public TransportUse? TryEnter(CancellationTokenSource? stream, bool evenParted = false)
    {
        lock (_gate)
        {
            if (_disposed || (_parted && !(evenParted && _inside > 0)))
                return null;
            _inside++;
            LastUsed = _time.GetTimestamp();
            var use = new TransportUse(this, _silence.Begin(stream is not null), stream, _time);
            if (stream is not null)
                _streams.Add(use);
            return use;
        }
    }

    public void HasAnswered(TransportUse use) => _silence.End(use.Waiting);

    public void Leave(TransportUse use)
    {
        _silence.End(use.Waiting);
        bool last;
        lock (_gate)
        {
            _streams.Remove(use);
            if (IsLane && _streams.Count == 0)
                _parted = true;
            last = --_inside == 0 && _parted;
        }

        if (last)
            Dispose();
    }

    /// <summary>It takes no new requests from here on.</summary>
    public void Part()
    {
        bool last;
        lock (_gate)
        {
            if (_parted)
                return;
            _parted = true;
            last = _inside == 0;
        }

        if (last)
            Dispose();
    }

    /// <summary>Ends its streams, each at a moment of its own.</summary>
    /// <param name="spread">Over what time.</param>
    /// <param name="random">A number from 0 to 1 for each.</param>
    public void GiveUpStreams(TimeSpan spread, Func<double> random)
    {
        TransportUse[] streams;
        lock (_gate)
            streams = [.. _streams];
        foreach (var stream in streams)
            stream.GiveUp(spread * random());
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker.SendAsync(request, cancellationToken);

    /// <summary>Closes every TCP connection, also those in use.</summary>
    public void Dispose()
    {
        _disposed = true;
        _silence.Dispose();
        _invoker.Dispose();
        _sockets.Dispose();
    }

    private void FallSilent(long since)
    {
        if (!_silent)
            Volatile.Write(ref _silentSince, since);
        _silent = true;
        if (Heard > since)
            _silent = false; // Heard just now.
        else
            _listener?.FellSilent(this);
    }
}
