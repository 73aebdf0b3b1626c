using k8s;

namespace LeaseElection.Benchmarks.Scale.Elections;

/// <summary>A <see cref="LeaderElector"/> each, of one configuration.</summary>
internal sealed class OurElections(KubernetesClientConfiguration configuration, string space, Tally tally) : IElections
{
    public async Task RunAsync(string name)
    {
        var elector = LeaderElector.Create(configuration, new() { LeaseName = name, Namespace = space });
        _ = elector.RunAsync(static (_, token) => new TaskCompletionSource().Task.WaitAsync(token));
        var isKnown = false;
        await foreach (var change in elector.WatchAsync())
        {
            if (change.LeaderIdentity is not null && !isKnown)
            {
                isKnown = true;
                tally.Know();
            }
            else if (change is { Term: null, EndReason: not null })
            {
                tally.Lose();
            }
        }
    }
}
