namespace LeaseElection.Hosting;

/// <summary>A part of the leader's work, as registered; makes an instance for every term.</summary>
internal abstract class LeaderWork
{
    /// <summary>Begins the part in the term's scope.</summary>
    /// <param name="services">The term's scope.</param>
    /// <param name="term">The term.</param>
    /// <param name="stop">Cancelled when the part has to end: because the term has, or because another part failed.</param>
    /// <returns>What runs.</returns>
    public abstract Task<RunningWork> StartAsync(IServiceProvider services, LeadershipTerm term, CancellationToken stop);
}
