namespace LeaseElection.Hosting.Work;

/// <summary>Calls the user's code on the thread pool. Every exception is reported, and none escapes.</summary>
internal static class UserCode
{
    /// <summary>Runs it.</summary>
    /// <param name="code">The code; may block, throw at once or later, or never end.</param>
    /// <param name="failed">Receives what is thrown.</param>
    /// <param name="stop">Once this is cancelled, an <see cref="OperationCanceledException"/> is expected, and no failure.</param>
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
                catch (Exception error) // User code may throw anything.
                {
                    failed(error);
                    return false;
                }
            },
            CancellationToken.None);
}
