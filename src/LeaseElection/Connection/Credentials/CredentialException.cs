namespace LeaseElection.Connection.Credentials;

/// <summary>No credential can be had now. The message is for people: what was tried, what came of it, and what to do.</summary>
#pragma warning disable CA1032, CA1064 // Made and caught in this assembly alone; nobody outside sees it.
internal sealed class CredentialException : Exception
{
    public CredentialException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
#pragma warning restore CA1032, CA1064
