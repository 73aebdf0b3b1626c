namespace LeaseElection.Hosting.Work;

/// <summary>A registered part of the leader's work; makes what runs in each term.</summary>
internal abstract class LeaderWork
{
    /// <summary>Begins the part for one term. Returns at once: the user's code runs on the thread pool.</summary>
    /// <param name="services">The term's scope.</param>
    /// <param name="term">The term.</param>
    /// <param name="failed">Receives everything that the part throws, at once (S8).</param>
    /// <returns>What runs.</returns>
    public abstract RunningPart Begin(IServiceProvider services, LeadershipTerm term, Action<Exception> failed);
}
