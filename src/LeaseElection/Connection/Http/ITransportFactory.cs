using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Http;

/// <summary>Makes the generations of a connection.</summary>
internal interface ITransportFactory
{
    /// <summary>Makes one. Its first request opens the TCP connection.</summary>
    /// <param name="certificate">By which it says who we are; null for none.</param>
    Transport Create(ClientCertificate? certificate);
}
