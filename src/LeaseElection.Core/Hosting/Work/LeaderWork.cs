namespace LeaseElection.Hosting.Work;

/// <summary>A part of the leader's work, as registered; makes what runs in every term.</summary>
internal abstract class LeaderWork
{
    /// <summary>Begins the part for one term. Returns at once: the user's code runs on the thread pool.</summary>
    /// <param name="services">The term's scope.</param>
    /// <param name="term">The term.</param>
    /// <param name="failed">Tells of everything that the part throws, at once (S8).</param>
    /// <returns>What runs.</returns>
    public abstract RunningPart Begin(IServiceProvider services, LeadershipTerm term, Action<Exception> failed);
}
