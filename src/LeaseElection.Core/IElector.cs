namespace LeaseElection;

/// <summary>What implements a <see cref="LeaderElector"/>.</summary>
internal interface IElector : ILeaderElection, IAsyncDisposable, IDisposable
{
    /// <summary>See <see cref="LeaderElector.RunAsync"/>.</summary>
    Task RunAsync(Func<LeadershipTerm, CancellationToken, Task> work, CancellationToken cancellationToken = default);
}
