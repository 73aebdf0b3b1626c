using LeaseElection.Connection;
using LeaseElection.Connection.Http;
using LeaseElection.Connection.Tls;
using LeaseElection.Leases;
using LeaseElection.Store;
using LeaseElection.TestKit;
using LeaseElection.Tests.Store;

namespace LeaseElection.Tests.Connection.Http;

/// <summary>What only real sockets show. Real time; nothing waits for longer than it must.</summary>
public sealed class RealConnectionTests : IAsyncLifetime
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);

    private readonly FrameServer _server = new();
    private readonly List<KubernetesConnection> _connections = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GoAway_WhileAWatchIsOpen_TheWatchResumesOnANewConnection()
    {
        var connection = Connect(TimeSpan.FromSeconds(2));
        await using var store = Store(connection, TimeSpan.FromSeconds(2));
        var watching = WatchAsync(store);
        await UntilAsync(() => _server.Watches.Count == 1);
        await _server.GoAwayAsync(0);
        await UntilAsync(() => _server.Watches.Count == 2);

        Assert.Equal([1, 2], _server.Watches);
        await store.DisposeAsync();
        connection.Dispose();
        Assert.False(watching.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Refusals_WhileAWatchIsOpen_TheWatchLetsTheServerGo()
    {
        var connection = Connect(TimeSpan.FromSeconds(1));
        using var stream = Assert.IsType<ApiAnswer.Streaming>(await connection.SendAsync(
            new(HttpMethod.Get, new(connection.Server, "?watch=true"), Ample) { Streams = true }, Cancellation)).Stream;
        var reading = stream.ReadAsync(new byte[1]).AsTask();
        _server.StopListening();
        var trail = new Trail();
        await connection.SendAsync(Get(connection) with { Trail = trail, LeavesTrail = true }, Cancellation);
        while (!reading.IsCompleted)
        {
            // As an elector that tries again, on a connection that would have to be new.
            await connection.SendAsync(Get(connection) with { Way = Way.Other, Trail = trail }, Cancellation);
            await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation));
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.True(stream.IsGivenUp);
    }

    [Fact]
    public async Task Connection_WhosePingsAreAnswered_LivesHoweverSlowItsAnswersAre()
    {
        var connection = Connect(TimeSpan.FromSeconds(2));
        await connection.SendAsync(Get(connection), Cancellation);
        _server.Late = TimeSpan.FromSeconds(4);
        var slow = connection.SendAsync(Get(connection), Cancellation);
        await UntilAsync(() => _server.Pings >= 2);
        _server.Late = TimeSpan.Zero;
        Assert.IsType<ApiAnswer.Replied>(await connection.SendAsync(Get(connection), Cancellation));

        Assert.IsType<ApiAnswer.Replied>(await slow);
        Assert.Equal(1, _server.Connections);
    }

    // Everything is late, PINGs and TLS too.
    [Fact]
    public async Task Server_ThreeTimesRequestTimeoutLate_NeedsFewConnections()
    {
        var connection = Connect(TimeSpan.FromMilliseconds(200));
        _server.LateFrames = TimeSpan.FromMilliseconds(600);
        List<Task<ApiAnswer>> sent = [];
        for (var i = 0; i < 40; i++)
        {
            sent.Add(connection.SendAsync(Get(connection), Cancellation));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, Cancellation); // It takes a while.
        }

        Assert.All(await Task.WhenAll(sent), answer => Assert.IsType<ApiAnswer.Replied>(answer));
        Assert.InRange(_server.Connections, 1, 3);
    }

    [Fact]
    public async Task Watch_WhoseHeadersAreHeldBack_IsSaidAndLeavesTheConnectionAlone()
    {
        var timeout = TimeSpan.FromSeconds(1);
        var connection = Connect(timeout);
        await using var store = Store(connection, timeout);
        await connection.SendAsync(Get(connection), Cancellation);
        _server.HoldsWatches = true;
        var failing = new TaskCompletionSource<WatchSignal>();
        var watching = Task.Run(
            async () =>
            {
                await foreach (var signal in store.WatchAsync(5, Cancellation))
                    failing.TrySetResult(signal);
            },
            Cancellation);
        Assert.IsType<WatchSignal.Failing>(await failing.Task.WaitAsync(Ample, TimeProvider.System, Cancellation));
        await UntilAsync(() => _server.Watches.Count == 2);
        await connection.SendAsync(Get(connection), Cancellation);

        Assert.Equal(1, _server.Connections);
        Assert.False(watching.IsCompleted);
    }

    [Fact]
    public async Task Balancer_KeepsOldConnectionsOnADeadNode_ANewOneIsOpened()
    {
        var timeout = TimeSpan.FromMilliseconds(500);
        var connection = Connect(timeout);
        await using var store = Store(connection, timeout);
        _server.Answer = static number => number == 1 ? (503, "{}") : (200, SampleLeases.Plain(7));

        Assert.IsType<ReadOutcome.Failed>(await store.ReadAsync(Cancellation));
        Assert.IsType<ReadOutcome.Found>(await store.ReadAsync(Cancellation));
        Assert.Equal([1, 1, 1, 2], _server.Requests);
    }

    [Fact]
    public async Task EnhanceYourCalm_IsSaidAndTheNewConnectionPingsLess()
    {
        var connection = Connect(TimeSpan.FromSeconds(2));
        var said = new TaskCompletionSource<string>();
        connection.Noticed += said.SetResult;
        await connection.SendAsync(Get(connection), Cancellation);
        await _server.GoAwayAsync(0xB);

        Assert.Contains("every 4 s", await said.Task.WaitAsync(Ample, TimeProvider.System, Cancellation), StringComparison.Ordinal);
        await connection.SendAsync(Get(connection), Cancellation);
        Assert.Equal(2, _server.Connections);
    }

    // Half-made connections are kept: TLS takes three round trips, RequestTimeout is less than two.
    [Fact]
    public async Task RoundTrip_OfMoreThanHalfARequestTimeout_TheFirstRequestIsAnswered()
    {
        await using var path = new SilenceableProxy(new(_server.Url));
        path.Slow(TimeSpan.FromMilliseconds(300));
        var connection = Connect(TimeSpan.FromMilliseconds(500), path.Address);

        Assert.IsType<ApiAnswer.Replied>(await connection.SendAsync(Get(connection), Cancellation));
        Assert.InRange(path.Accepted, 1, 2);
    }

    // The filter of the application, which ours comes after.
    [Fact]
    public async Task Filter_OfTheApplication_IsKept()
    {
        var seen = 0;
        var connection = Connect(TimeSpan.FromSeconds(2), setup: handler => handler.PlaintextStreamFilter = (context, _) =>
        {
            seen++;
            return ValueTask.FromResult(context.PlaintextStream);
        });

        Assert.IsType<ApiAnswer.Replied>(await connection.SendAsync(Get(connection), Cancellation));
        Assert.Equal(1, seen);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _connections)
            connection.Dispose();
        await _server.DisposeAsync();
    }

    private static ApiCall Get(KubernetesConnection connection) => new(HttpMethod.Get, connection.Server, Ample);

    private static async Task UntilAsync(Func<bool> happened)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Ample, "it does not happen");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, Cancellation);
        }
    }

    private static async Task WatchAsync(KubernetesLeaseStore store)
    {
        await foreach (var signal in store.WatchAsync(5, Cancellation))
            Assert.NotNull(signal);
    }

    private static KubernetesLeaseStore Store(KubernetesConnection connection, TimeSpan requestTimeout) => new(
        connection, "jobs", SampleLeases.Name, new Dictionary<string, string>(), requestTimeout, TimeProvider.System, static () => 0.5);

    private KubernetesConnection Connect(TimeSpan requestTimeout, Uri? address = null, Action<SocketsHttpHandler>? setup = null)
    {
        var access = new ServerAccess
        {
            Server = address ?? new(_server.Url),
            Source = "a test",
            Kind = AccessKind.Given,
            Authorities = new FixedAuthorities([TestCertificates.Authority], "a test"),
            Setup = setup,
        };
        var connection = new KubernetesConnection(access, requestTimeout, TimeProvider.System);
        _connections.Add(connection);
        return connection;
    }
}
