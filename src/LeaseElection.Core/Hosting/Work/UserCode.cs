namespace LeaseElection.Hosting.Work;

/// <summary>Calls the user's code on the thread pool. Nothing that it throws gets lost, and nothing escapes.</summary>
internal static class UserCode
{
    /// <summary>Runs it.</summary>
    /// <param name="code">The code; may block, throw at once or later, or never end.</param>
    /// <param name="failed">Gets what is thrown.</param>
    /// <param name="stop">Once this is cancelled, an <see cref="OperationCanceledException"/> is obedience, and no failure.</param>
    /// <returns>A task that ends when the code has, and says whether it returned.</returns>
    public static Task<bool> RunAsync(Func<Task> code, Action<Exception> failed, CancellationToken stop) =>
        Task.Run(
            async () =>
            {
                try
                {
                    await code().ConfigureAwait(false);
                    return true;
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return false;
                }
                catch (Exception error) // The user's, of whatever kind.
                {
                    failed(error);
                    return false;
                }
            },
            CancellationToken.None);
}
