using LeaseElection.Connection.Http;
using LeaseElection.Leases;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Store;

public sealed class ReadTests : IAsyncDisposable
{
    private readonly StoreFixture _fixture = new();

    [Fact]
    public async Task Read_Found_GetsTheLeaseWithoutAskingForAVersion()
    {
        _fixture.Server.Answer(200, SampleLeases.Full);

        Assert.Equal(4711, Assert.IsType<ReadOutcome.Found>(await ReadAsync()).Lease.Version);
        var request = Assert.Single(_fixture.Server.Requests);
        Assert.Equal(("GET", ""), (request.Method, request.Uri.Query));
    }

    [Fact]
    public async Task Read_NotFound_IsAbsent()
    {
        _fixture.Server.Answer(404, FakeServer.NotFound);

        Assert.IsType<ReadOutcome.Absent>(await ReadAsync());
    }

    [Fact]
    public async Task Read_ManyAtOnce_WaitTheirTurnWhichCostsThemNoTimeAndNoWriteAny()
    {
        const int count = 3 * KubernetesConnection.MostReads;
        var hangs = true;
        _fixture.Server.Answer(
            (_, _) => hangs ? new TaskCompletionSource<HttpResponseMessage>().Task : Task.FromResult(FakeServer.Reply(404, FakeServer.NotFound)));
        using var stop = new CancellationTokenSource();
        var reads = Enumerable.Range(0, count).Select(_ => _fixture.Store.ReadAsync(CancellationToken.None)).ToList();
        var cancelled = _fixture.Store.ReadAsync(stop.Token);
        Assert.Equal(KubernetesConnection.MostReads, _fixture.Server.Requests.Count);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        _ = _fixture.Store.WriteAsync(SampleLeases.Creation(), StoreFixture.RequestTimeout, CancellationToken.None);
        Assert.Equal("POST", _fixture.Server.Requests[^1].Method);

        // Those that were under way run out of time and are tried again after the others, who have all of theirs.
        hangs = false;
        _fixture.Time.Advance(StoreFixture.RequestTimeout);
        foreach (var read in reads)
            Assert.IsType<ReadOutcome.Absent>(await _fixture.Until(read));
        Assert.Equal(count + KubernetesConnection.MostReads + 1, _fixture.Server.Requests.Count);
    }

    [Theory]
    [Scenario(39)]
    [InlineData(401, "Unauthorized")]
    [InlineData(403, "Forbidden")]
    [InlineData(400, "Invalid")]
    [InlineData(410, "Other")]
    public async Task Read_Refused_IsRejectedAndNotTriedAgain(int status, string kind)
    {
        _fixture.Server.Answer(status, FakeServer.Status(status, "Why", "in the server's words"));

        var why = Assert.IsType<ReadOutcome.Rejected>(await ReadAsync()).Why;

        Assert.Equal(new Rejection(Enum.Parse<RejectionKind>(kind), "get", status, "in the server's words"), why);
        Assert.Single(_fixture.Server.Requests);
    }

    [Fact]
    [Scenario(40)]
    public async Task Read_TransientFailures_AreTriedAgainWithBackoff()
    {
        _fixture.Server.Answer(500, "").Fail(new HttpRequestException("reset")).Answer(200, SampleLeases.Full);

        Assert.IsType<ReadOutcome.Found>(await _fixture.Until(ReadAsync()));

        var at = _fixture.Server.Requests.Select(request => request.At).ToArray();
        Assert.Equal(3, at.Length);
        Assert.All(
            [at[1] - at[0], at[2] - at[1]], delay => Assert.InRange(delay, TimeSpan.FromMilliseconds(20), StoreFixture.RequestTimeout));
    }

    [Theory]
    [Scenario(40)]
    [InlineData(503, "sorry")]
    [InlineData(200, "garbage")]
    [InlineData(302, "elsewhere")]
    public async Task Read_FailsThreeTimes_IsFailed(int status, string body)
    {
        _fixture.Server.Answer(status, body);

        Assert.IsType<ReadOutcome.Failed>(await _fixture.Until(ReadAsync()));
        Assert.Equal(3, _fixture.Server.Requests.Count);
    }

    [Theory]
    [Scenario(40)]
    [InlineData("1", 1.0)]
    [InlineData("60", 2.0)]
    public async Task Read_TooManyRequests_WaitsAsAskedButNoLongerThanARequestMayTake(string header, double seconds)
    {
        _fixture.Server.Answer(() => FakeServer.Reply(429, "", header)).Answer(200, SampleLeases.Full);

        Assert.IsType<ReadOutcome.Found>(await _fixture.Until(ReadAsync()));
        Assert.Equal(seconds, _fixture.Server.Requests[1].At.TotalSeconds, 3);
    }

    [Fact]
    [Scenario(40)]
    public async Task Read_TransportHangs_IsSentASecondTimeElsewhereAndEndsWhenTheElectionStopsWaiting()
    {
        _fixture.Server.Hang();
        var read = ReadAsync();
        _fixture.Time.Advance(StoreFixture.RequestTimeout);
        Assert.Equal((2, 2), (_fixture.Server.Requests.Count, _fixture.Transports));
        _fixture.Time.Advance(5 * TimeSpan.FromSeconds(1));
        Assert.False(read.IsCompleted);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<ReadOutcome.Failed>(await _fixture.Until(read));
        Assert.Equal(2, _fixture.Server.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Read_SlowFirstTry_TheFirstGoodAnswerOfTwoWins(bool firstWins)
    {
        TaskCompletionSource<HttpResponseMessage>[] answers = [new(), new()];
        _fixture.Server.Answer((_, _) => answers[0].Task).Answer((_, _) => answers[1].Task);
        var read = ReadAsync();
        _fixture.Time.Advance(StoreFixture.RequestTimeout + TimeSpan.FromSeconds(1));
        Assert.Equal(2, _fixture.Server.Requests.Count);
        answers[firstWins ? 0 : 1].SetResult(FakeServer.Reply(200, SampleLeases.Full));

        Assert.IsType<ReadOutcome.Found>(await read);
    }

    [Fact]
    public async Task Read_SecondTryFails_TheFirstIsWaitedFor()
    {
        var slow = new TaskCompletionSource<HttpResponseMessage>();
        _fixture.Server.Answer((_, _) => slow.Task).Fail(new HttpRequestException("reset"));
        var read = ReadAsync();
        _fixture.Time.Advance(StoreFixture.RequestTimeout);
        Assert.Equal(2, _fixture.Server.Requests.Count);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        slow.SetResult(FakeServer.Reply(200, SampleLeases.Full));

        Assert.IsType<ReadOutcome.Found>(await read);
        Assert.Equal(2, _fixture.Server.Requests.Count);
    }

    [Fact]
    public async Task Probe_OnTheSameAndOnAnother_GoOutOnceEach()
    {
        _fixture.Server.Hang().Answer(500, "").Answer(200, SampleLeases.Full);
        _ = _fixture.Store.WriteAsync(SampleLeases.Creation(), TimeSpan.FromSeconds(10), CancellationToken.None);

        Assert.IsType<ReadOutcome.Failed>(await _fixture.Store.ProbeAsync(onAnother: false, CancellationToken.None));
        Assert.Equal(1, _fixture.Transports);
        Assert.IsType<ReadOutcome.Found>(await _fixture.Store.ProbeAsync(onAnother: true, CancellationToken.None));
        Assert.Equal((2, 3), (_fixture.Transports, _fixture.Server.Requests.Count));
    }

    [Fact]
    public async Task Probe_Cancelled_Throws()
    {
        _fixture.Server.Hang();
        using var stop = new CancellationTokenSource();
        var probe = _fixture.Store.ProbeAsync(onAnother: true, stop.Token);
        _fixture.Time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(probe.IsCompleted);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
    }

    [Fact]
    public async Task Read_Cancelled_Throws()
    {
        _fixture.Server.Hang();
        using var stop = new CancellationTokenSource();
        var read = _fixture.Store.ReadAsync(stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        Assert.Single(_fixture.Server.Requests);
    }

    [Fact]
    public async Task Read_TlsServerName_DoesNotChangeTheHostHeader()
    {
        await using var fixture = new StoreFixture(configuration => configuration.TlsServerName = "kubernetes.default");
        fixture.Server.Answer(200, SampleLeases.Full);
        await fixture.Store.ReadAsync(CancellationToken.None);

        Assert.Null(fixture.Server.Requests[0].Host);
    }

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private Task<ReadOutcome> ReadAsync() => _fixture.Store.ReadAsync(CancellationToken.None);
}
