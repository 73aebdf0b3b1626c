using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using LeaseElection.Leases;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Store;

public sealed class WriteTests : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);
    private readonly StoreFixture _fixture = new(configuration => configuration.AccessToken = "secret");

    [Fact]
    public async Task Write_Update_PutsTheLeaseAndGivesTheNewVersion()
    {
        _fixture.Server.Answer(200, SampleLeases.Plain(4712));

        var written = Assert.IsType<WriteOutcome.Written>(await UpdateAsync());

        var request = Assert.Single(_fixture.Server.Requests);
        Assert.Equal(
            ("PUT", "https://server.test:6443/prefix/apis/coordination.k8s.io/v1/namespaces/jobs/leases/report-worker", "Bearer secret"),
            (request.Method, request.Uri.AbsoluteUri, request.Authorization));
        Assert.Equal("4711", JsonNode.Parse(request.Body!)!["metadata"]!["resourceVersion"]!.GetValue<string>());
        Assert.Equal(4712, written.Lease.Version);
    }

    [Fact]
    [Scenario(1)]
    public async Task Write_Create_PostsTheLease()
    {
        _fixture.Server.Answer(201, SampleLeases.Plain(1));

        Assert.IsType<WriteOutcome.Written>(await CreateAsync());

        var request = Assert.Single(_fixture.Server.Requests);
        Assert.Equal(("POST", "/prefix/apis/coordination.k8s.io/v1/namespaces/jobs/leases"), (request.Method, request.Uri.AbsolutePath));
    }

    [Fact]
    [Scenario(11)]
    public async Task Write_Conflict_IsConflictForBoth()
    {
        _fixture.Server.Answer(409, FakeServer.Status(409, "Conflict", "changed"));

        Assert.IsType<WriteOutcome.Conflict>(await UpdateAsync());
        Assert.IsType<WriteOutcome.Conflict>(await CreateAsync());
    }

    [Theory]
    [Scenario(39)]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "Denied")]
    [InlineData(400, "Invalid")]
    [InlineData(422, "Invalid")]
    [InlineData(405, "Other")]
    [InlineData(413, "TooLarge")]
    public async Task Write_Refused_IsRejectedInTheServersWords(int status, string kind)
    {
        _fixture.Server.Answer(status, FakeServer.Status(status, "Why", "in the server's words"));

        var update = Assert.IsType<WriteOutcome.Rejected>(await UpdateAsync()).Why;
        var create = Assert.IsType<WriteOutcome.Rejected>(await CreateAsync()).Why;

        Assert.Equal(new Rejection(Enum.Parse<RejectionKind>(kind), "update", status, "in the server's words"), update);
        Assert.Equal("create", create.Verb);
    }

    [Theory]
    [Scenario(40)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(408)]
    [InlineData(302)]
    [InlineData(204)]
    public async Task Write_AnythingElse_IsUnknownAndSentOnce(int status)
    {
        _fixture.Server.Answer(status, "sorry");

        Assert.Contains("sorry", Assert.IsType<WriteOutcome.Unknown>(await UpdateAsync()).Why, StringComparison.Ordinal);
        Assert.Single(_fixture.Server.Requests);
    }

    [Theory]
    [Scenario(40)]
    [InlineData("3", 3.0)]
    [InlineData("Sun, 01 Mar 2026 12:00:07 GMT", 7.0)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0.0)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public async Task Write_TooManyRequests_IsUnknownWithRetryAfter(string? header, double? seconds)
    {
        _fixture.Server.Answer(() => FakeServer.Reply(429, "", header));

        Assert.Equal(seconds, Assert.IsType<WriteOutcome.Unknown>(await UpdateAsync()).RetryAfter?.TotalSeconds);
    }

    [Theory]
    [Scenario(40)]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("{\"kind\":\"Lease\",\"metadata\":{\"uid\":\"u\"")]
    [InlineData("{\"kind\":\"Status\"}")]
    public async Task Write_OkWithAnUnreadableBody_IsUnknown(string body)
    {
        _fixture.Server.Answer(200, body);

        Assert.IsType<WriteOutcome.Unknown>(await UpdateAsync());
    }

    [Fact]
    [Scenario(40)]
    public async Task Write_OkWithAnotherLease_IsUnknown()
    {
        _fixture.Server.Answer(200, SampleLeases.Plain(4712, name: "another"));

        Assert.Contains("another", Assert.IsType<WriteOutcome.Unknown>(await UpdateAsync()).Why, StringComparison.Ordinal);
    }

    [Theory]
    [Scenario(40)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_ThreeMegabytes_IsUnknown(bool announced)
    {
        var body = Encoding.UTF8.GetBytes(SampleLeases.Plain(4712, new string('x', 3 * 1024 * 1024)));
        _fixture.Server.Answer(() => new(System.Net.HttpStatusCode.OK)
        {
            Content = announced ? new ByteArrayContent(body) : new StreamContent(new UnseekableStream(body)),
        });

        Assert.Contains("longer", Assert.IsType<WriteOutcome.Unknown>(await UpdateAsync()).Why, StringComparison.Ordinal);
    }

    [Fact]
    [Scenario(40)]
    public async Task Write_GigabytesAnnounced_IsUnknownBeforeAnyIsRead()
    {
        _fixture.Server.Answer(
            () => new(System.Net.HttpStatusCode.OK) { Content = new ByteArrayContent([]) { Headers = { ContentLength = 3L << 30 } } });

        Assert.Contains("longer", Assert.IsType<WriteOutcome.Unknown>(await UpdateAsync()).Why, StringComparison.Ordinal);
    }

    [Fact]
    [Scenario(40)]
    public async Task Write_BodyCutOffByAReset_IsUnknownButAConflictStaysOne()
    {
        var status = System.Net.HttpStatusCode.OK;
        _fixture.Server.Answer(() => new(status) { Content = new StreamContent(new UnseekableStream([], new IOException("reset"))) });

        Assert.IsType<WriteOutcome.Unknown>(await UpdateAsync());
        status = System.Net.HttpStatusCode.Conflict;
        Assert.IsType<WriteOutcome.Conflict>(await UpdateAsync());
    }

    [Fact]
    [Scenario(40)]
    public async Task Write_ConnectionReset_IsUnknownAndSentOnce()
    {
        _fixture.Server.Fail(new HttpRequestException("An error occurred.", new SocketException((int)SocketError.ConnectionReset)));

        Assert.IsType<WriteOutcome.Unknown>(await UpdateAsync());
        Assert.Single(_fixture.Server.Requests);
    }

    [Fact]
    public async Task Write_HandlerThrowsAnything_IsUnknown()
    {
        _fixture.Server.Fail(new InvalidCastException("odd"));

        Assert.Contains("odd", Assert.IsType<WriteOutcome.Unknown>(await UpdateAsync()).Why, StringComparison.Ordinal);
    }

    [Fact]
    [Scenario(33)]
    public async Task Write_TransportHangs_IsUnknownExactlyAtTheTimeout()
    {
        _fixture.Server.Hang();
        var write = UpdateAsync();

        _fixture.Time.Advance(Timeout - TimeSpan.FromMilliseconds(1));
        Assert.False(write.IsCompleted);
        _fixture.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.IsType<WriteOutcome.Unknown>(await write);
    }

    [Fact]
    public async Task Write_CancelledInFlight_IsUnknownAndNeverThrows()
    {
        _fixture.Server.Hang();
        using var stop = new CancellationTokenSource();
        var write = UpdateUntilAsync(stop.Token);

        await stop.CancelAsync();

        Assert.IsType<WriteOutcome.Unknown>(await write);
    }

    [Fact]
    public async Task Write_CancelledOrOutOfTimeBefore_IsUnknownAndNotSent()
    {
        _fixture.Server.Answer(200, SampleLeases.Plain(4712));
        var write = SampleLeases.Renewal(SampleLeases.Read(SampleLeases.Full));

        Assert.IsType<WriteOutcome.Unknown>(await UpdateUntilAsync(new CancellationToken(canceled: true)));
        Assert.IsType<WriteOutcome.Unknown>(await _fixture.Store.WriteAsync(write, TimeSpan.Zero, CancellationToken.None));
        Assert.Empty(_fixture.Server.Requests);
    }

    [Fact]
    public async Task Write_TokenProviderThrows_IsUnknownAndNotSent()
    {
        await using var fixture = new StoreFixture(configuration => configuration.TokenProvider = new BrokenTokenProvider());
        fixture.Server.Answer(200, SampleLeases.Plain(4712));

        var unknown = Assert.IsType<WriteOutcome.Unknown>(
            await fixture.Store.WriteAsync(SampleLeases.Creation(), Timeout, CancellationToken.None));

        Assert.Contains("no token", unknown.Why, StringComparison.Ordinal);
        Assert.Empty(fixture.Server.Requests);
    }

    [Fact]
    public async Task Write_TokenProviderBlocks_StillReturnsAtTheTimeout()
    {
        using var provider = new BlockingTokenProvider();
        await using var fixture = new StoreFixture(configuration => configuration.TokenProvider = provider);

        var write = fixture.Store.WriteAsync(SampleLeases.Creation(), Timeout, CancellationToken.None);
        Assert.False(write.IsCompleted);
        fixture.Time.Advance(Timeout);

        Assert.IsType<WriteOutcome.Unknown>(await write);
    }

    [Fact]
    public async Task Write_RecordThatCannotBeWritten_IsUnknownAndNotSent()
    {
        var write = SampleLeases.Creation() with { Spec = new() { RenewTime = new(long.MaxValue / 10) } };

        Assert.IsType<WriteOutcome.Unknown>(await _fixture.Store.WriteAsync(write, Timeout, CancellationToken.None));
        Assert.Empty(_fixture.Server.Requests);
    }

    [Fact]
    public async Task Write_AfterDisposal_IsUnknown()
    {
        _fixture.Server.Answer(200, SampleLeases.Plain(4712));
        await _fixture.Store.DisposeAsync();

        Assert.IsType<WriteOutcome.Unknown>(await UpdateAsync());
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private Task<WriteOutcome> UpdateAsync() => UpdateUntilAsync(CancellationToken.None);

    private Task<WriteOutcome> UpdateUntilAsync(CancellationToken cancellationToken) =>
        _fixture.Store.WriteAsync(SampleLeases.Renewal(SampleLeases.Read(SampleLeases.Full)), Timeout, cancellationToken);

    private Task<WriteOutcome> CreateAsync() => _fixture.Store.WriteAsync(SampleLeases.Creation(), Timeout, CancellationToken.None);

    private sealed class BrokenTokenProvider : k8s.Authentication.ITokenProvider
    {
        public Task<System.Net.Http.Headers.AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken) =>
            throw new InvalidOperationException("no token");
    }

    // Like one that runs a program and waits for it.
    private sealed class BlockingTokenProvider : k8s.Authentication.ITokenProvider, IDisposable
    {
        private readonly ManualResetEventSlim _released = new();

        public Task<System.Net.Http.Headers.AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
        {
            _released.Wait(StoreFixture.Patience, CancellationToken.None);
            return Task.FromResult<System.Net.Http.Headers.AuthenticationHeaderValue>(new("Bearer", "late"));
        }

        public void Dispose()
        {
            _released.Set();
            _released.Dispose();
        }
    }
}
