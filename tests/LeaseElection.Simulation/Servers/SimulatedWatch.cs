using LeaseElection.Leases;
using LeaseElection.Simulation.Time;

namespace LeaseElection.Simulation.Servers;

/// <summary>
/// One process's watch, as the store keeps it: connects, delivers in order, resumes where it was, says when it cannot be kept up, and ends
/// with <see cref="WatchSignal.Expired"/>. Its connection may stall, lag, end, or begin again with what was told before.
/// </summary>
internal sealed class SimulatedWatch(
    Agenda agenda, Dice dice, LeaseServer server, Link link, TimeSpan requestTimeout, Action<WatchSignal> tell)
{
    private int _connection;
    private bool _isOpen;
    private bool _isWanted;
    private bool _saidFailing;
    private int _failures;
    private int _next;
    private long _version;
    private TimeSpan _lastArrival;

    /// <summary>Gets or sets how many faults hold back what it should tell.</summary>
    public int Stalls { get; set; }

    public TimeSpan Lag { get; set; }

    /// <summary>Gets when the last that is on its way arrives, or arrived.</summary>
    public TimeSpan LatestArrival => _lastArrival;

    public void Start(long fromVersion)
    {
        _isWanted = true;
        _version = fromVersion;
        _failures = 0;
        _connection++;
        _isOpen = false;
        Connect();
    }

    public void Stop()
    {
        _isWanted = false;
        _isOpen = false;
        _connection++;
    }

    /// <summary>The connection breaks; the store connects again.</summary>
    /// <param name="replay">How many earlier events the next connection tells again.</param>
    public void Break(int replay = 0)
    {
        if (!_isWanted || !_isOpen)
            return;
        _isOpen = false;
        _connection++;
        if (replay > 0 && _next > 0)
            _version = Math.Max(server.CompactedTo, server.History[Math.Max(0, _next - replay)].Version - 1);
        Retry(dice.Between(TimeSpan.Zero, requestTimeout / 8));
    }

    /// <summary>Says that it fails, though it works.</summary>
    public void Complain()
    {
        if (!_isOpen || _saidFailing)
            return;
        _saidFailing = true;
        tell(new WatchSignal.Failing("the simulation says so", null));
    }

    public void EndComplaint()
    {
        if (!_isOpen || !_saidFailing)
            return; // A new connection says it, once there is one.
        _saidFailing = false;
        tell(new WatchSignal.Recovered());
    }

    /// <summary>The server ends it as too old.</summary>
    public void Expire()
    {
        if (!_isOpen)
            return;
        _isOpen = _isWanted = false;
        _connection++;
        tell(new WatchSignal.Expired());
    }

    /// <summary>Gets a value indicating whether the connection is open for the client, and gone.</summary>
    public bool IsDead { get; private set; }

    /// <summary>The connection is gone, and nobody tells the client.</summary>
    public void Die() => IsDead = _isOpen;

    /// <summary>Sends what is due, if anything can be sent.</summary>
    public void Flush()
    {
        while (_isOpen && !IsDead && Stalls == 0 && !link.TellsNothing && _next < server.History.Count)
        {
            var happened = server.History[_next++];
            // One connection: what comes later arrives later.
            var arrival = agenda.Now + link.HopBack() + (Lag > TimeSpan.Zero ? dice.Between(Lag / 2, Lag) : TimeSpan.Zero);
            _lastArrival = arrival > _lastArrival ? arrival : _lastArrival;
            var connection = _connection;
            agenda.At(_lastArrival, () => Arrive(connection, happened));
        }
    }

    private void Arrive(int connection, LeaseServer.Event happened)
    {
        if (connection != _connection)
            return;
        _version = Math.Max(_version, happened.Version);
        tell(happened.Lease is { } lease ? new WatchSignal.Seen(lease) : new WatchSignal.Deleted(happened.Version));
    }

    private void Connect()
    {
        _lastArrival = TimeSpan.Zero; // What was on its way on another connection comes no more, and holds nothing up.
        var connection = _connection;
        var answered = false;
        link.Send(
            () => server.Forbids ? -1 : _version < server.CompactedTo ? -2 : _version > server.Version ? -3 : 0,
            code => Once(() => Connected(connection, code)),
            () => Once(() => Failed(connection, null)));
        agenda.After(requestTimeout, () => Once(() => Failed(connection, null)));

        void Once(Action act)
        {
            if (answered || connection != _connection)
                return;
            answered = true;
            act();
        }
    }

    private void Connected(int connection, int code)
    {
        switch (code)
        {
            case -1:
                Failed(connection, new Rejection(RejectionKind.Forbidden, "watch", 403, "forbidden"));
                return;
            case -2:
                _isWanted = false;
                _connection++;
                tell(new WatchSignal.Expired());
                return;
            case -3:
                Failed(connection, null); // Too large a version: of a store that is no more.
                return;
            default:
                break;
        }

        _isOpen = true;
        IsDead = false;
        _failures = 0;
        if (_saidFailing)
            tell(new WatchSignal.Recovered());
        _saidFailing = false;
        _next = server.FirstAfter(_version);
        Bookmark(_connection);
        Flush();
    }

    private void Failed(int connection, Rejection? rejection)
    {
        if (connection != _connection || !_isWanted)
            return;
        _connection++;
        if (!_saidFailing && (rejection is not null || ++_failures >= 3))
        {
            _saidFailing = true;
            tell(new WatchSignal.Failing("the simulation says so", rejection));
        }

        Retry(rejection is null ? dice.Between(requestTimeout / 8, requestTimeout * 2.5) : requestTimeout * 10);
    }

    private void Retry(TimeSpan after)
    {
        var connection = _connection;
        agenda.After(after, () =>
        {
            if (connection == _connection && _isWanted)
                Connect();
        });
    }

    private void Bookmark(int connection) => agenda.After(dice.Between(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(70)), () =>
    {
        if (connection != _connection || !_isOpen)
            return;
        if (Stalls == 0 && !IsDead && !link.TellsNothing && _next == server.History.Count)
        {
            _version = Math.Max(_version, server.Version);
            tell(new WatchSignal.Bookmark(server.Version));
        }

        Bookmark(connection);
    });
}
