using k8s;
using k8s.Exceptions;
using LeaseElection.Connection.Configuration;
using LeaseElection.Connection.Http;
using LeaseElection.TestKit;
using LeaseElection.Tests.Store;

namespace LeaseElection.Tests.Connection;

public sealed class KubernetesConnectionTests : IAsyncDisposable
{
    private readonly StoreFixture _fixture = new();

    [Fact]
    public async Task Connection_TransportThatEndedItsLastRequest_IsDisposed()
    {
        var disposed = 0;
        var server = new FakeServer(_fixture.Time).Hang().Answer(404, "");
        using var connection = WrappedTransports.Connect(
            new KubernetesClientConfiguration { Host = "https://server.test" }, StoreFixture.RequestTimeout, _fixture.Time, _ =>
                new CountedHandler(server, () => disposed++));
        var call = new ApiCall(HttpMethod.Get, connection.Server, StoreFixture.RequestTimeout);
        using var stop = new CancellationTokenSource();

        Assert.IsType<ApiAnswer.Silent>(await _fixture.Until(connection.SendAsync(call, stop.Token)));

        Assert.Equal(0, disposed); // the fake ignores cancellation, so somebody is still inside
        Assert.IsType<ApiAnswer.Replied>(await connection.SendAsync(call, stop.Token));
        connection.Dispose();
        Assert.Equal(1, disposed);
    }

    // A SocketsHttpHandler that was disposed of while it sent its first request kept the TCP connection: one stop in twenty that came
    // early.
    [Fact, Scenario(27)]
    public async Task Dispose_RequestInside_TheTransportIsDisposedOnceThatHasLeft()
    {
        var disposed = new TaskCompletionSource();
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        var server = new FakeServer(_fixture.Time).Answer((_, _) => answer.Task);
        var connection = WrappedTransports.Connect(
            new KubernetesClientConfiguration { Host = "https://server.test" }, StoreFixture.RequestTimeout, _fixture.Time, _ =>
                new CountedHandler(server, disposed.SetResult));
        using var stop = new CancellationTokenSource();
        var sending = connection.SendAsync(new(HttpMethod.Get, connection.Server, StoreFixture.RequestTimeout), stop.Token);

        await stop.CancelAsync();
        Assert.IsType<ApiAnswer.Silent>(await sending);
        connection.Dispose();
        Assert.False(disposed.Task.IsCompleted);
        answer.SetResult(FakeServer.Reply(404, ""));
        await disposed.Task.WaitAsync(StoreFixture.Patience, TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Connection_Configuration_IsNeverChanged()
    {
        var setups = 0;
        var configuration = new KubernetesClientConfiguration { Host = "https://server.test", FirstMessageHandlerSetup = _ => setups++, HttpClientTimeout = TimeSpan.FromSeconds(7) };
        var setup = configuration.FirstMessageHandlerSetup;

        using (new KubernetesConnection(GivenAccess.Of(configuration), StoreFixture.RequestTimeout, _fixture.Time))
            Assert.Equal(1, setups);
        Assert.Equal(
            ("https://server.test", TimeSpan.FromSeconds(7), setup),
            (configuration.Host, configuration.HttpClientTimeout, configuration.FirstMessageHandlerSetup));
    }

    [Fact]
    public void Connection_Handler_HasOurTimeoutsWhateverTheApplicationSetUp()
    {
        SocketsHttpHandler? handler = null;
        var configuration = new KubernetesClientConfiguration
        {
            Host = "https://server.test",
            FirstMessageHandlerSetup = made =>
            {
                made.KeepAlivePingDelay = TimeSpan.FromMinutes(3);
                made.AllowAutoRedirect = true;
                made.MaxConnectionsPerServer = 7;
            },
        };
        using var connection = WrappedTransports.Connect(
            configuration, StoreFixture.RequestTimeout, _fixture.Time, made => handler = (SocketsHttpHandler)made);

        Assert.Equal(
            (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), HttpKeepAlivePingPolicy.Always, 4 * StoreFixture.RequestTimeout, false, true, 7),
            (handler!.KeepAlivePingDelay, handler.KeepAlivePingTimeout, handler.KeepAlivePingPolicy, handler.ConnectTimeout, handler.AllowAutoRedirect, handler.EnableMultipleHttp2Connections, handler.MaxConnectionsPerServer));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("server.test")]
    [InlineData("ftp://server.test")]
    public void Connection_UnusableHost_IsRefusedClearly(string? host)
    {
        var refused = Assert.Throws<KubeConfigException>(
            () => new KubernetesConnection(GivenAccess.Of(new() { Host = host }), StoreFixture.RequestTimeout, _fixture.Time));

        Assert.Contains("host", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Connection_BrokenClientCertificate_IsRefusedClearly()
    {
        var configuration = new KubernetesClientConfiguration { Host = "https://server.test", ClientCertificateData = "bm90IGEgY2VydA==", ClientCertificateKeyData = "bm90IGEga2V5" };

        Assert.Contains("client certificate", Assert.Throws<KubeConfigException>(() => new KubernetesConnection(GivenAccess.Of(configuration), StoreFixture.RequestTimeout, _fixture.Time)).Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private sealed class CountedHandler(HttpMessageHandler inner, Action disposed) : DelegatingHandler(inner)
    {
        protected override void Dispose(bool disposing)
        {
            disposed();
            base.Dispose(disposing);
        }
    }
}
