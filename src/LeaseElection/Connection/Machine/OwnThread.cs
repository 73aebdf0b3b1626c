namespace LeaseElection.Connection.Machine;

/// <summary>
/// Runs what may block on a thread of its own. On the pool a few that hang would hold up everything else in the process, the election too.
/// </summary>
internal static class OwnThread
{
    public static Task<T> RunAsync<T>(Func<T> run) => Task.Factory.StartNew(
        run, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
