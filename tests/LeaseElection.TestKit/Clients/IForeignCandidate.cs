namespace LeaseElection.TestKit;

/// <summary>A candidate on a Lease that is not ours: somebody else's elector, at work.</summary>
public interface IForeignCandidate : IAsyncDisposable
{
    string Identity { get; }

    /// <summary>Gets all that it has said so far, in order.</summary>
    IReadOnlyList<CandidateEvent> Events { get; }

    /// <summary>Waits until it says that it leads, now or before.</summary>
    Task UntilLeadingAsync(CancellationToken cancellationToken);

    /// <summary>Waits until it says that it has seen this one lead, now or before.</summary>
    Task UntilSeesAsync(string leader, CancellationToken cancellationToken);

    /// <summary>It is gone, without a word to anybody: the Lease is left to expire.</summary>
    Task VanishAsync();
}
