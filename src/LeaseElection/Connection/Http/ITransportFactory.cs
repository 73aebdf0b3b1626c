namespace LeaseElection.Connection.Http;

/// <summary>Makes the transports of a connection.</summary>
internal interface ITransportFactory
{
    /// <summary>Makes one. Its first request opens the TCP connection.</summary>
    Transport Create(TransportSetup setup);
}
