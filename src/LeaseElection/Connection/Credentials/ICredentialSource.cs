namespace LeaseElection.Connection.Credentials;

/// <summary>Where a credential that changes comes from: a plugin, a file, the application.</summary>
internal interface ICredentialSource
{
    /// <summary>Gets its name for people, such as "the credential plugin 'aws-iam-authenticator'".</summary>
    string Name { get; }

    RenewalPace Pace { get; }

    /// <summary>Fetches the credential as it is now. Returns at once, blocks no thread of the pool. Called once at a time.</summary>
    /// <param name="cancellationToken">Nobody wants it any more.</param>
    /// <exception cref="CredentialException">There is none; the message says why, and what to do.</exception>
    Task<FetchedCredential> FetchAsync(CancellationToken cancellationToken);
}
