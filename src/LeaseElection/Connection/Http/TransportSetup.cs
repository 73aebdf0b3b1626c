using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Http;

/// <summary>In what one transport may differ from another.</summary>
/// <param name="Certificate">By which it says who we are; null for none.</param>
/// <param name="PingDelay">After how long without a byte it sends a PING.</param>
internal sealed record TransportSetup(ClientCertificate? Certificate, TimeSpan PingDelay);
