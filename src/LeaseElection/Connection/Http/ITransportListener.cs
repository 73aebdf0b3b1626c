namespace LeaseElection.Connection.Http;

/// <summary>What a transport tells its pool. Called on any thread, and never under a lock of the transport.</summary>
internal interface ITransportListener
{
    /// <summary>A TCP connection stands, TLS included.</summary>
    void Connected(Transport transport);

    /// <summary>Nothing at all was heard for RequestTimeout though a request waits.</summary>
    void FellSilent(Transport transport);

    /// <summary>It was heard for the first time, or again after it had fallen silent.</summary>
    void IsHeard(Transport transport);

    /// <summary>The server will take no more requests on one of its connections.</summary>
    void GoesAway(Transport transport, uint code);
}
