namespace LeaseElection.Connection.Credentials;

/// <summary>A credential fresh from its source.</summary>
/// <param name="Credential">The credential.</param>
/// <param name="Life">How long it is good for, from now; null: until the server refuses it.</param>
internal sealed record FetchedCredential(Credential Credential, TimeSpan? Life = null);
