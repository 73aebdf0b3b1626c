using LeaseElection.RealServer.Tests.Reference.Corpus;

namespace LeaseElection.RealServer.Tests.Reference.Clients;

/// <summary>Somebody who asks once for the Lease, by what a workplace has: its files and its environment.</summary>
internal interface IClient
{
    /// <summary>Asks, and returns once nothing is in flight any more.</summary>
    /// <returns>What it says of not getting the Lease; null if it got it.</returns>
    Task<string?> AskAsync(Workplace place, CancellationToken cancellationToken);
}
