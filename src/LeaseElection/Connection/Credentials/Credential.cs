using LeaseElection.Connection.Tls;

namespace LeaseElection.Connection.Credentials;

/// <summary>What a request, and the connection that it travels on, say of who sends it.</summary>
/// <param name="Authorization">The header's value; null for none.</param>
/// <param name="Certificate">The client certificate of the connection; null for none. Compared by reference.</param>
internal sealed record Credential(string? Authorization = null, ClientCertificate? Certificate = null)
{
    public static Credential Anonymous { get; } = new();
}
