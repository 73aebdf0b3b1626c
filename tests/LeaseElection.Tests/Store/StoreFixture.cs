using k8s;
using LeaseElection.Connection.Http;
using LeaseElection.Store;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Store;

/// <summary>A store on a fake server and a manual clock.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(2);

    public StoreFixture(Action<KubernetesClientConfiguration>? configure = null)
    {
        var configuration = new KubernetesClientConfiguration { Host = "https://server.test:6443/prefix" };
        configure?.Invoke(configuration);
        Server = new(Time);
        Connection = WrappedTransports.Connect(configuration, RequestTimeout, Time, _ =>
        {
            Transports++;
            return Server;
        });
        Store = new(
            Connection, "jobs", SampleLeases.Name, new Dictionary<string, string>(), RequestTimeout, Time, () => 0.5, ownsConnection: true);
    }

    /// <summary>How long, in real time, a test waits for what should be there in a moment.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(10);

    public ManualTimeProvider Time { get; } = new();

    public FakeServer Server { get; }

    public KubernetesConnection Connection { get; }

    public KubernetesLeaseStore Store { get; }

    /// <summary>Gets how many transports were made.</summary>
    public int Transports { get; private set; }

    /// <summary>Lets time pass, from timer to timer, until something is done.</summary>
    public async Task<T> Until<T>(Task<T> done)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!done.IsCompleted)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Patience, "it does not come to an end");
            if (Time.UntilNextTimer is { } next)
                Time.Advance(next);
            await Task.Yield();
        }

        return await done;
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
