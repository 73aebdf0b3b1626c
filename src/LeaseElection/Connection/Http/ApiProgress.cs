namespace LeaseElection.Connection.Http;

/// <summary>How far a request has come: what its caller says when it gives up waiting.</summary>
internal sealed class ApiProgress
{
    private volatile TransportUse? _use;

    /// <summary>Gets or sets the transport that it was sent on; null before that.</summary>
    public TransportUse? Use
    {
        get => _use;
        set => _use = value;
    }
}
