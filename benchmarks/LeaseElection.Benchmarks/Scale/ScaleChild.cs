using System.Globalization;
using k8s;
using k8s.LeaderElection;
using k8s.LeaderElection.ResourceLock;

namespace LeaseElection.Benchmarks.Scale;

/// <summary>One process with many elections. Says when it leads them all (or knows all their leaders), and how many terms were lost when asked.</summary>
internal static class ScaleChild
{
    public const string Command = "scale-child";

    public static async Task<int> RunAsync(string[] args)
    {
        var configuration = KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(args[1]));
        var (space, count, ours) = (args[2], int.Parse(args[3], CultureInfo.InvariantCulture), args[4] == "ours");
        var (settled, lost) = (0, 0);
        var all = new TaskCompletionSource();

        void Settle()
        {
            if (Interlocked.Increment(ref settled) == count)
                all.SetResult();
        }

        void Lose() => Interlocked.Increment(ref lost);

        for (var i = 0; i < count; i++)
        {
            var name = $"scale-{i}";
            _ = ours ? OursAsync(configuration, space, name, Settle, Lose) : TheirsAsync(configuration, space, name, Settle, Lose);
        }

        await all.Task;
        Console.WriteLine("settled");
        while (await Console.In.ReadLineAsync() is not null)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"lost {Volatile.Read(ref lost)}"));
        return 0;
    }

    private static async Task OursAsync(KubernetesClientConfiguration configuration, string space, string name, Action settle, Action lose)
    {
        var elector = new LeaderElector(configuration, new() { LeaseName = name, Namespace = space });
        _ = elector.RunAsync(static (_, token) => new TaskCompletionSource().Task.WaitAsync(token));
        var isSettled = false;
        await foreach (var change in elector.WatchAsync())
        {
            if (change.LeaderIdentity is not null && !isSettled)
            {
                isSettled = true;
                settle();
            }
            else if (change is { Term: null, EndReason: not null })
            {
                lose();
            }
        }
    }

    private static async Task TheirsAsync(KubernetesClientConfiguration configuration, string space, string name, Action settle, Action lose)
    {
        // One client for all would be fairer to connections, and is what its users do.
        var client = Clients.GetOrCreate(configuration);
        var elector = new k8s.LeaderElection.LeaderElector(new LeaderElectionConfig(new LeaseLock(client, space, name, $"{Environment.ProcessId}")));
        var isSettled = 0;
        elector.OnNewLeader += _ =>
        {
            if (Interlocked.Exchange(ref isSettled, 1) == 0)
                settle();
        };
        elector.OnStoppedLeading += lose;
        while (true)
        {
            try
            {
                await elector.RunAndTryToHoldLeadershipForeverAsync();
            }
            catch (Exception)
            {
                lose(); // "Forever" ends with the first network error.
            }
        }
    }

    private static class Clients
    {
        private static Kubernetes? _client;

        public static Kubernetes GetOrCreate(KubernetesClientConfiguration configuration) => _client ??= new(configuration);
    }
}
