namespace LeaseElection.Connection.Credentials;

/// <summary>
/// Says who sends a request. A provider keeps its credential and renews it ahead of time, in the background: no request waits for a renewal
/// while an earlier credential is still valid. Any thread may use the members; none blocks the thread that it is called on.
/// </summary>
internal interface ICredentialProvider : IDisposable
{
    /// <summary>Gets what the first credential waits for, for people; null when nothing is waited for.</summary>
    string? WaitsFor { get; }

    /// <summary>Gives the credential to use now: from memory, except while there is none yet.</summary>
    /// <exception cref="CredentialException">There is none to be had; the message says why, and what to do.</exception>
    ValueTask<Credential> GetAsync(CancellationToken cancellationToken);

    /// <summary>The server answered 401 to this credential.</summary>
    /// <returns>Another one; null when there is none but the refused one.</returns>
    /// <exception cref="CredentialException">It cannot be renewed.</exception>
    ValueTask<Credential?> RenewAsync(Credential refused, CancellationToken cancellationToken);
}
