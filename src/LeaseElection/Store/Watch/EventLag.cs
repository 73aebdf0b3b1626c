namespace LeaseElection.Store.Watch;

/// <summary>
/// Notices that watches stay open and bring nothing although reads find news: something in between, such as a proxy, holds the events back.
/// It outlives the single watch, because whoever reads news that the watch does not report begins another watch.
/// </summary>
internal sealed class EventLag
{
    public const string Why =
        "the watch stays open, but does not report what reads find: something between here and the API server holds its events back";

    private const int Strikes = 2;

    private readonly Lock _gate = new();
    private int _strikes;
    private long _reached;
    private bool _open;

    public bool IsHeldBack => Volatile.Read(ref _strikes) >= Strikes;

    /// <summary>A watch begins from a version that a read found.</summary>
    public void Begin(long fromVersion)
    {
        lock (_gate)
        {
            if (_open && fromVersion > _reached)
                _strikes++;
            _open = false;
            _reached = Math.Max(_reached, fromVersion);
        }
    }

    /// <summary>A reader knows more than the open watch has reported for a while.</summary>
    public void FallBehind()
    {
        lock (_gate)
        {
            if (_open)
                _strikes++;
            _open = false;
        }
    }

    /// <summary>The headers are here: events could come.</summary>
    public void Open()
    {
        lock (_gate)
            _open = true;
    }

    /// <summary>The server ended the watch for a reason: what follows begins from another version.</summary>
    public void End()
    {
        lock (_gate)
            (_open, _reached) = (false, 0);
    }

    public void Bring(long version)
    {
        lock (_gate)
            (_strikes, _reached) = (0, Math.Max(_reached, version));
    }
}
