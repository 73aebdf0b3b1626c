using LeaseElection.Connection;
using LeaseElection.Connection.Http;
using LeaseElection.TestKit;
using LeaseElection.Tests.Store;

namespace LeaseElection.Tests.Connection.Http;

/// <summary>A connection whose transports are the test's own, numbered from 1, on a manual clock.</summary>
internal sealed class Ways : IDisposable
{
    public static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(2);
    public static readonly TimeSpan Ample = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly List<TransportSetup> _setups = [];
    private readonly List<int> _took = [];
    private int _closed;

    public Ways(Func<ServerAccess, ServerAccess>? configure = null)
    {
        var access = new ServerAccess { Server = new("https://server.test/"), Source = "a test", Kind = AccessKind.Given };
        access = configure?.Invoke(access) ?? access;
        Connection = new(access, new Factory(this), RequestTimeout, Time, static () => 0.5);
        Connection.Noticed += Notices.Add;
    }

    public ManualTimeProvider Time { get; } = new();

    public KubernetesConnection Connection { get; }

    public List<string> Notices { get; } = [];

    /// <summary>Gets or sets how a transport, by its number, answers.</summary>
    public Func<int, HttpRequestMessage, Task<HttpResponseMessage>> Answer { get; set; } = static (_, _) => Good();

    /// <summary>Gets the transports themselves.</summary>
    public List<Transport> Made { get; } = [];

    public int Opened => Made.Count;

    public int Closed => Volatile.Read(ref _closed);

    public IReadOnlyList<TransportSetup> Setups => _setups;

    /// <summary>Gets by which transport each request went, in order.</summary>
    public int[] Took
    {
        get
        {
            lock (_gate)
                return [.. _took];
        }
    }

    public static Task<HttpResponseMessage> Good() => Task.FromResult(FakeServer.Reply(200, "{}"));

    public static Task<HttpResponseMessage> Status(int status, string body = "{}") => Task.FromResult(FakeServer.Reply(status, body));

    /// <summary>Never, whatever is cancelled.</summary>
    public static Task<HttpResponseMessage> Silence() => new TaskCompletionSource<HttpResponseMessage>().Task;

    public Task<ApiAnswer> SendAsync(
        Way way = Way.Usual, Trail? trail = null, TimeSpan? timeout = null, bool leavesTrail = false, HttpMethod? method = null,
        CancellationTokenSource? stop = null) =>
        Connection.SendAsync(
            new(method ?? HttpMethod.Get, Connection.Server, timeout ?? Ample) { Way = way, Trail = trail, LeavesTrail = leavesTrail },
            stop?.Token ?? CancellationToken.None);

    public async Task<ApiAnswer.Streaming> StreamAsync() => Assert.IsType<ApiAnswer.Streaming>(
        await Connection.SendAsync(new(HttpMethod.Get, Connection.Server, Ample) { Streams = true }, CancellationToken.None));

    /// <summary>Answers after a while of the manual clock.</summary>
    public async Task<HttpResponseMessage> LateAsync(TimeSpan by)
    {
        await Task.Delay(by, Time);
        return FakeServer.Reply(200, "{}");
    }

    /// <summary>Waits for another thread, without time.</summary>
    public static async Task UntilAsync(Func<bool> happened)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < StoreFixture.Patience, "it does not happen");
            await Task.Yield();
        }
    }

    public void Dispose() => Connection.Dispose();

    private sealed class Factory(Ways ways) : ITransportFactory
    {
        public Transport Create(TransportSetup setup)
        {
            var number = ways.Made.Count + 1;
            var handler = new Handler(ways, number);
            var made = new Transport(setup, new(RequestTimeout), ways.Time, _ => (new HttpMessageInvoker(handler), handler));
            ways.Made.Add(made);
            ways._setups.Add(setup);
            return made;
        }
    }

    private sealed class Handler(Ways ways, int number) : HttpMessageHandler
    {
        private int _closed;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (ways._gate)
                ways._took.Add(number);
            return ways.Answer(number, request);
        }

        protected override void Dispose(bool disposing)
        {
            if (Interlocked.Exchange(ref _closed, 1) == 0)
                Interlocked.Increment(ref ways._closed);
            base.Dispose(disposing);
        }
    }
}
