namespace LeaseElection.Connection.Credentials;

/// <summary>No credential can be had now. The message is for people: what was tried, what came of it, and what to do.</summary>
internal sealed class CredentialException : Exception
{
    public CredentialException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
