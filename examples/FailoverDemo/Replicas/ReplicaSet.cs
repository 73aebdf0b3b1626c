namespace FailoverDemo.Replicas;

/// <summary>All replicas, from their start to their end.</summary>
internal sealed class ReplicaSet(IReadOnlyList<Replica> replicas) : IDisposable
{
    /// <summary>Until cancelled; then all leave properly. Fails at once where one cannot start.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var runs = replicas.ToDictionary(r => r, r => r.RunAsync());
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(stop.SetResult);
        await Task.WhenAny([stop.Task, .. runs.Values]);

        foreach (var replica in replicas)
            replica.Thaw();
        // The standbys first: otherwise one could lead for a moment on its way out.
        await LeaveAsync(runs.Where(r => r.Key.Remaining == TimeSpan.Zero));
        await LeaveAsync(runs);
        await Task.WhenAll(runs.Values);
    }

    public void Dispose()
    {
        foreach (var replica in replicas)
            replica.Dispose();
    }

    private static async Task LeaveAsync(IEnumerable<KeyValuePair<Replica, Task>> runs)
    {
        var left = runs.ToList();
        left.ForEach(r => r.Key.Leave());
        await Task.WhenAll(left.Select(r => r.Value)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
