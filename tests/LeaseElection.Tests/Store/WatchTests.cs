using System.Web;
using LeaseElection.Leases;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Store;

[Scenario(38)]
public sealed class WatchTests : IAsyncDisposable
{
    private readonly StoreFixture _fixture = new();
    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<WatchSignal>? _watch;

    private FakeServer Server => _fixture.Server;

    [Fact]
    public async Task Watch_Events_ArePassedOnInOrder()
    {
        Answer(WatchFeed.Of(
            SampleLeases.Event("ADDED", SampleLeases.Plain(5)),
            SampleLeases.Event("MODIFIED", SampleLeases.Plain(6, "b")),
            SampleLeases.Bookmark(9),
            SampleLeases.Event("DELETED", SampleLeases.Plain(10))));

        Assert.Equal(5, Assert.IsType<WatchSignal.Seen>(await NextAsync()).Lease.Version);
        Assert.Equal("b", Assert.IsType<WatchSignal.Seen>(await NextAsync()).Lease.Spec.HolderIdentity);
        Assert.Equal(new WatchSignal.Bookmark(9), await NextAsync());
        Assert.Equal(new WatchSignal.Deleted(10), await NextAsync());
    }

    [Fact]
    public async Task Watch_SeenLease_CanBeWrittenBackAfterLaterEvents()
    {
        var full = SampleLeases.With(_ => { });
        Answer(WatchFeed.Of(SampleLeases.Event("ADDED", full), SampleLeases.Event("MODIFIED", SampleLeases.Plain(4712))));
        var seen = Assert.IsType<WatchSignal.Seen>(await NextAsync());
        await NextAsync();

        Server.Answers.Clear();
        Server.Answer(200, SampleLeases.Plain(4713));
        await _fixture.Store.WriteAsync(SampleLeases.Renewal(seen.Lease), StoreFixture.RequestTimeout, CancellationToken.None);

        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(
            System.Text.Json.Nodes.JsonNode.Parse(full), System.Text.Json.Nodes.JsonNode.Parse(Server.Requests[^1].Body!)));
    }

    [Fact]
    public async Task Watch_Request_AsksForThisLeaseAloneFromTheVersionOn()
    {
        Answer(WatchFeed.Of(SampleLeases.Bookmark(9)));
        await NextAsync(fromVersion: 7);

        var query = QueryOf(0);
        Assert.Equal("/prefix/apis/coordination.k8s.io/v1/namespaces/jobs/leases", Server.Requests[0].Uri.AbsolutePath);
        Assert.Equal(
            ("true", "metadata.name=report-worker", "true", "7"),
            (query["watch"], query["fieldSelector"], query["allowWatchBookmarks"], query["resourceVersion"]));
        Assert.InRange(int.Parse(query["timeoutSeconds"]!, System.Globalization.CultureInfo.InvariantCulture), 300, 600);
    }

    [Fact]
    public async Task Watch_FromNowhere_AsksForNoVersion()
    {
        Answer(WatchFeed.Of(SampleLeases.Bookmark(9)));
        await NextAsync();

        Assert.Null(QueryOf(0)["resourceVersion"]);
    }

    [Fact]
    public async Task Watch_DuplicatedAndReorderedEvents_ArePassedOnAndResumedFromTheHighest()
    {
        Answer(
            WatchFeed.Ended(
                SampleLeases.Event("ADDED", SampleLeases.Plain(8)), SampleLeases.Event("MODIFIED", SampleLeases.Plain(8)),
                SampleLeases.Event("MODIFIED", SampleLeases.Plain(6))),
            WatchFeed.Of(SampleLeases.Bookmark(20)));

        foreach (var version in (long[])[8, 8, 6])
            Assert.Equal(version, Assert.IsType<WatchSignal.Seen>(await NextAsync()).Lease.Version);
        Assert.IsType<WatchSignal.Bookmark>(await NextAsync());
        Assert.Equal("8", QueryOf(1)["resourceVersion"]);
    }

    [Fact]
    public async Task Watch_EndsNormally_GoesOnAtOnceFromTheBookmarkWithoutASignal()
    {
        Answer(
            WatchFeed.Ended(SampleLeases.Event("ADDED", SampleLeases.Plain(5)), SampleLeases.Bookmark(30)),
            WatchFeed.Of(SampleLeases.Event("MODIFIED", SampleLeases.Plain(31))));
        await NextAsync();
        await NextAsync();

        Assert.Equal(31, Assert.IsType<WatchSignal.Seen>(await NextAsync()).Lease.Version);
        Assert.Equal("30", QueryOf(1)["resourceVersion"]);
        Assert.Equal(Server.Requests[0].At, Server.Requests[1].At);
    }

    [Fact]
    public async Task Watch_LineInPieces_IsOneEvent()
    {
        var feed = new WatchFeed();
        Answer(feed);
        var next = NextAsync();
        foreach (var character in SampleLeases.Event("ADDED", SampleLeases.Plain(5)) + "\r\n\n")
            feed.Send(character.ToString());

        Assert.Equal(5, Assert.IsType<WatchSignal.Seen>(await next).Lease.Version);
    }

    [Fact]
    public async Task Watch_EventOfAnotherLease_IsIgnored()
    {
        Answer(WatchFeed.Of(
            SampleLeases.Event("ADDED", SampleLeases.Plain(5, name: "another")),
            SampleLeases.Event("DELETED", SampleLeases.Plain(6, name: "another")), SampleLeases.Bookmark(9)));

        Assert.Equal(new WatchSignal.Bookmark(9), await NextAsync());
    }

    [Fact]
    public async Task Watch_Gone_IsExpiredAndOver()
    {
        Server.Answer(410, FakeServer.Status(410, "Expired", "too old resource version"));

        Assert.IsType<WatchSignal.Expired>(await NextAsync(fromVersion: 3));
        Assert.False(await _watch!.MoveNextAsync());
    }

    [Fact]
    public async Task Watch_ErrorEventGone_IsExpiredAndOver()
    {
        Answer(WatchFeed.Of(SampleLeases.Event("ERROR", FakeServer.Status(410, "Expired", "too old resource version"))));

        Assert.IsType<WatchSignal.Expired>(await NextAsync(fromVersion: 3));
        Assert.False(await _watch!.MoveNextAsync());
    }

    public static TheoryData<string> Failures =>
    [
        SampleLeases.Event("ERROR", FakeServer.Status(500, "InternalError", "etcd is away")),
        "garbage",
        """{"type":"MODIFIED","object":""",
        SampleLeases.Event("ADDED", """{"kind":"Lease","metadata":{"name":"report-worker"}}"""),
        SampleLeases.Event("CHANGED", SampleLeases.Plain(5)),
        "[]",
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Watch_FailsThreeTimes_IsFailingOnceAndThenRecovered(string line)
    {
        for (var failure = 0; failure < 5; failure++)
            Answer(WatchFeed.Ended(line));
        Answer(WatchFeed.Of(SampleLeases.Bookmark(9)));

        Assert.Null(Assert.IsType<WatchSignal.Failing>(await NextAsync()).Rejection);
        Assert.IsType<WatchSignal.Recovered>(await NextAsync());
        Assert.IsType<WatchSignal.Bookmark>(await NextAsync());
        Assert.Equal(6, Server.Requests.Count);
    }

    [Fact]
    [Scenario(40)]
    public async Task Watch_NetworkFailures_BackOffAndSayNothingBeforeTheThird()
    {
        var reset = new HttpRequestException("reset");
        Server.Fail(reset).Fail(reset);
        Answer(WatchFeed.Of(SampleLeases.Bookmark(9)));

        Assert.IsType<WatchSignal.Bookmark>(await NextAsync());
        var at = Server.Requests.Select(request => request.At).ToArray();
        Assert.All([at[1] - at[0], at[2] - at[1]], delay => Assert.InRange(delay, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public async Task Watch_FailsForALongTime_TriesEveryFewSeconds()
    {
        for (var failure = 0; failure < 40; failure++)
            Server.Answer(500, "");
        Answer(WatchFeed.Of(SampleLeases.Bookmark(9)));

        Assert.IsType<WatchSignal.Failing>(await NextAsync());
        Assert.IsType<WatchSignal.Recovered>(await NextAsync());
        var at = Server.Requests.Select(request => request.At).ToArray();
        Assert.All(
            at.Zip(at.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(5.1)));
    }

    [Fact]
    public async Task Watch_EndsAtOnceWithoutAnything_BacksOff()
    {
        Answer(WatchFeed.Ended(), WatchFeed.Of(SampleLeases.Bookmark(9)));

        Assert.IsType<WatchSignal.Bookmark>(await NextAsync());
        Assert.NotEqual(Server.Requests[0].At, Server.Requests[1].At);
    }

    [Fact]
    public async Task Watch_QuietStreamAfterFailures_IsRecoveredAfterAWhile()
    {
        for (var failure = 0; failure < 3; failure++)
            Server.Answer(500, "");
        Answer(WatchFeed.Of());

        Assert.IsType<WatchSignal.Failing>(await NextAsync());
        Assert.IsType<WatchSignal.Recovered>(await NextAsync());
    }

    [Theory]
    [Scenario(39)]
    [InlineData(401)]
    [InlineData(403)]
    public async Task Watch_Refused_IsFailingAtOnceAndTriedSlowly(int status)
    {
        Server.Answer(status, FakeServer.Status(status, "Forbidden", "cannot watch leases"));
        Answer(WatchFeed.Of(SampleLeases.Bookmark(9)));

        var failing = Assert.IsType<WatchSignal.Failing>(await NextAsync());
        Assert.Equal(
            ("watch", status, "cannot watch leases"), (failing.Rejection!.Verb, failing.Rejection.StatusCode, failing.Rejection.Message));
        Assert.IsType<WatchSignal.Recovered>(await NextAsync());
        Assert.InRange(Server.Requests[1].At, 8 * StoreFixture.RequestTimeout, 12 * StoreFixture.RequestTimeout);
    }

    [Fact]
    [Scenario(39)]
    public async Task Watch_RefusedAfterMereFailures_SaysTheRefusalToo()
    {
        for (var failure = 0; failure < 3; failure++)
            Server.Answer(503, "");
        Server.Answer(403, FakeServer.Status(403, "Forbidden", "cannot watch leases"));

        Assert.Null(Assert.IsType<WatchSignal.Failing>(await NextAsync()).Rejection);
        Assert.NotNull(Assert.IsType<WatchSignal.Failing>(await NextAsync()).Rejection);
    }

    [Fact]
    [Scenario(40)]
    public async Task Watch_TooManyRequests_WaitsAsAsked()
    {
        Server.Answer(() => FakeServer.Reply(429, "", "3"));
        Answer(WatchFeed.Of(SampleLeases.Bookmark(9)));

        await NextAsync();
        Assert.Equal(3, Server.Requests[1].At.TotalSeconds, 3);
    }

    [Fact]
    public async Task Watch_HeadersDoNotCome_IsFailingAfterTheRequestTimeoutAndTriedAgain()
    {
        Server.Hang();
        Answer(WatchFeed.Of(SampleLeases.Bookmark(9)));
        var next = NextAsync(advance: false);
        _fixture.Time.Advance(StoreFixture.RequestTimeout);

        Assert.Contains("no answer within 2000 ms", Assert.IsType<WatchSignal.Failing>(await next).Why, StringComparison.Ordinal);
        Assert.IsType<WatchSignal.Recovered>(await NextAsync());
        Assert.IsType<WatchSignal.Bookmark>(await NextAsync());
        Assert.InRange(Server.Requests[1].At, 4 * StoreFixture.RequestTimeout, 5 * StoreFixture.RequestTimeout);
    }

    // Slow is not dead: the answer that comes in the end is this watch's.
    [Fact]
    public async Task Watch_HeadersComeLate_IsTheSameWatchAndRecovers()
    {
        var headers = new TaskCompletionSource<HttpResponseMessage>();
        Server.Answer((_, _) => headers.Task);
        var next = NextAsync(advance: false);
        _fixture.Time.Advance(1.5 * StoreFixture.RequestTimeout);
        Assert.IsType<WatchSignal.Failing>(await next);
        headers.SetResult(WatchFeed.Of(SampleLeases.Bookmark(9)).Reply());

        Assert.IsType<WatchSignal.Recovered>(await NextAsync(advance: false));
        Assert.Equal(new WatchSignal.Bookmark(9), await NextAsync(advance: false));
        Assert.Single(Server.Requests);
    }

    // A proxy that buffers: the watch opens, reads find news, and no event comes. Twice in a row is no race.
    [Fact]
    public async Task Watch_OpenButBringsNothingOfWhatReadsFind_IsFailingUntilAnEventComes()
    {
        var feed = new WatchFeed();
        Server.Answer(WatchFeed.Of().Reply).Answer(WatchFeed.Of().Reply).Answer(feed.Reply);
        for (var version = 5; version <= 6; version++)
        {
            using var replaced = new CancellationTokenSource();
            await using var silent = _fixture.Store.WatchAsync(version, replaced.Token).GetAsyncEnumerator(CancellationToken.None);
            var waiting = silent.MoveNextAsync().AsTask();
            _fixture.Time.Advance(2 * StoreFixture.RequestTimeout);
            Assert.False(waiting.IsCompleted);
            await replaced.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        Assert.Contains("holds its events back", Assert.IsType<WatchSignal.Failing>(await NextAsync(fromVersion: 7)).Why, StringComparison.Ordinal);
        var next = NextAsync(advance: false);
        _fixture.Time.Advance(2 * StoreFixture.RequestTimeout);
        Assert.False(next.IsCompleted);
        feed.Send(SampleLeases.Event("MODIFIED", SampleLeases.Plain(8)) + "\n");

        Assert.IsType<WatchSignal.Recovered>(await next);
        Assert.IsType<WatchSignal.Seen>(await NextAsync(advance: false));
        Assert.Equal(3, Server.Requests.Count);
    }

    [Fact]
    [Scenario(40)]
    public async Task Watch_EndlessLine_IsAFailureOfBoundedSize()
    {
        var feed = new WatchFeed();
        feed.Send(new string('x', 3 * 1024 * 1024));
        Answer(feed, WatchFeed.Of(SampleLeases.Bookmark(9)));

        Assert.IsType<WatchSignal.Bookmark>(await NextAsync());
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(InvalidCastException))]
    public async Task Watch_BreaksAfterItWorked_GoesOnAtOnce(Type fault)
    {
        var feed = WatchFeed.Of(SampleLeases.Bookmark(9));
        Answer(feed, WatchFeed.Of(SampleLeases.Bookmark(10)));
        await NextAsync();
        feed.End((Exception)Activator.CreateInstance(fault)!);

        Assert.Equal(new WatchSignal.Bookmark(10), await NextAsync());
        Assert.Equal("9", QueryOf(1)["resourceVersion"]);
    }

    [Fact]
    public async Task Watch_TransportStaysSilentWhileAnotherWorks_GoesOnWithThatOne()
    {
        Answer(WatchFeed.Of(SampleLeases.Bookmark(9)));
        Server.Hang().Answer(404, FakeServer.NotFound);
        Answer(WatchFeed.Of(SampleLeases.Bookmark(10)));
        await NextAsync();
        var next = NextAsync(advance: false);
        var write = _fixture.Store.WriteAsync(SampleLeases.Creation(), 5 * StoreFixture.RequestTimeout, CancellationToken.None);
        _fixture.Time.Advance(StoreFixture.RequestTimeout);
        Assert.IsType<ReadOutcome.Absent>(await _fixture.Store.ReadAsync(CancellationToken.None));
        Assert.False(next.IsCompleted);
        _fixture.Time.Advance(1.5 * StoreFixture.RequestTimeout);

        Assert.Equal(new WatchSignal.Bookmark(10), await next);
        Assert.Equal(2, _fixture.Transports);
        Assert.IsType<WriteOutcome.Unknown>(await _fixture.Until(write));
    }

    [Fact]
    public async Task Watch_Cancelled_ThrowsPromptly()
    {
        Answer(WatchFeed.Of(SampleLeases.Bookmark(9)));
        await NextAsync();
        var next = NextAsync(advance: false);

        await _stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
    }

    [Fact]
    [Scenario(27)]
    public async Task Watch_ReaderLeaves_NothingIsLeftRunning()
    {
        Server.Answer(429, "");
        await NextAsync();

        await _watch!.DisposeAsync();

        Assert.Equal(0, _fixture.Time.ArmedTimers);
    }

    // What nobody closes keeps its transport, and that its connections.
    [Fact]
    [Scenario(27)]
    public async Task Watch_CancelledJustAsItIsAnswered_IsClosed()
    {
        var feed = new WatchFeed();
        Server.Answer(() =>
        {
            _stop.Cancel();
            return feed.Reply();
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => NextAsync());
        await _watch!.DisposeAsync();

        Assert.True(feed.IsClosedByClient);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_watch is not null)
            await _watch.DisposeAsync();
        _stop.Dispose();
        await _fixture.DisposeAsync();
    }

    private void Answer(params WatchFeed[] feeds)
    {
        foreach (var feed in feeds)
            Server.Answer(feed.Reply);
    }

    private System.Collections.Specialized.NameValueCollection QueryOf(int request) =>
        HttpUtility.ParseQueryString(Server.Requests[request].Uri.Query);

    private async Task<WatchSignal> NextAsync(long fromVersion = 0, bool advance = true)
    {
        _watch ??= _fixture.Store.WatchAsync(fromVersion, _stop.Token).GetAsyncEnumerator(CancellationToken.None);
        var next = _watch.MoveNextAsync().AsTask();
        Assert.True(await (advance ? _fixture.Until(next) : next.WaitAsync(StoreFixture.Patience, TimeProvider.System)));
        return _watch.Current;
    }
}
