using LeaseElection.Leases;
using LeaseElection.Store.Sharing;
using LeaseElection.Store.Watch;

namespace LeaseElection.Tests.Store;

/// <summary>One watch for all elections of a process in one namespace.</summary>
public sealed class NamespaceWatchTests : IAsyncDisposable
{
    private readonly StoreFixture _fixture = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IAsyncEnumerator<WatchSignal>> _readers = [];
    private readonly List<Task<bool>> _waits = [];
    private readonly NamespaceWatch _watch;

    public NamespaceWatchTests() => _watch = new SharedParts(_fixture.Connection, StoreFixture.RequestTimeout, _fixture.Time).Of("jobs");

    private FakeServer Server => _fixture.Server;

    [Fact]
    public async Task Readers_OfSeveralLeases_ShareOneRequestAndHearOfTheirOwn()
    {
        var feed = WatchFeed.Of();
        Server.Answer(feed.Reply);
        var (a, b) = (Reader("a", 5), Reader("b", 7));
        var (ofA, ofB) = (Wait(a), Wait(b));
        feed.Send(Line("MODIFIED", 8, "b") + Line("MODIFIED", 9, "somebody-else") + Line("MODIFIED", 10, "a"));
        await _fixture.Until(ofA);
        await _fixture.Until(ofB);

        Assert.Equal((10L, 8L), (VersionOf(a), VersionOf(b)));
        var request = Assert.Single(Server.Requests);
        Assert.DoesNotContain("fieldSelector", request.Uri.Query, StringComparison.Ordinal);
        Assert.Contains("resourceVersion=5&", request.Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reader_KnowsTheVersionAlready_IsNotToldAgain()
    {
        var feed = WatchFeed.Of();
        Server.Answer(feed.Reply);
        var (a, b) = (Reader("a", 5), Reader("b", 8));
        var (_, ofB) = (Wait(a), Wait(b));
        feed.Send(Line("MODIFIED", 6, "b") + Line("MODIFIED", 9, "b"));
        await _fixture.Until(ofB);

        Assert.Equal(9, VersionOf(b));
    }

    [Fact]
    public async Task Reader_KnowsLessThanTheWatchBeganWith_IsSentToReadFirst()
    {
        Server.Answer(WatchFeed.Of().Reply);
        _ = Wait(Reader("a", 50));
        var early = Reader("b", 40);
        await _fixture.Until(Wait(early));
        Assert.IsType<WatchSignal.Expired>(early.Current);
        Assert.False(await _fixture.Until(Wait(early)));

        // What it read after this watch had begun is as good as what the watch began with.
        var again = Wait(Reader("b", 40, knownSince: _watch.Epoch));
        await UntilAsync(() => Server.Requests.Count == 1);
        Assert.False(again.IsCompleted);
    }

    [Fact]
    public async Task Lease_ChangesBetweenAnElectionsReadAndItsWatch_IsToldOnceItWatches()
    {
        var feed = WatchFeed.Of();
        Server.Answer(feed.Reply);
        _watch.Follow("b");
        var a = Reader("a", 5);
        var ofA = Wait(a);
        feed.Send(Line("MODIFIED", 9, "b") + Line("MODIFIED", 10, "a"));
        await _fixture.Until(ofA);

        var b = Reader("b", 7);
        await _fixture.Until(Wait(b));
        Assert.Equal(9, VersionOf(b));
        Assert.False(Wait(Reader("b", 9)).IsCompleted);
        Assert.Single(Server.Requests);
    }

    // The second alone would look like the next thing that happened after what the election knows.
    [Fact]
    public async Task Lease_ChangesTwiceBetweenAnElectionsReadAndItsWatch_IsSentToRead()
    {
        var feed = WatchFeed.Of();
        Server.Answer(feed.Reply);
        _watch.Follow("b");
        var a = Reader("a", 5);
        var ofA = Wait(a);
        feed.Send(Line("MODIFIED", 8, "b") + Line("MODIFIED", 9, "b") + Line("MODIFIED", 10, "a"));
        await _fixture.Until(ofA);

        var b = Reader("b", 7);
        await _fixture.Until(Wait(b));
        Assert.IsType<WatchSignal.Expired>(b.Current);
    }

    [Fact]
    public async Task Lease_CannotBeUnderstoodBeforeItsElectionWatches_IsSentToReadOnce()
    {
        var feed = WatchFeed.Of();
        Server.Answer(feed.Reply);
        _watch.Follow("b");
        var a = Reader("a", 5);
        var ofA = Wait(a);
        var spoilt = SampleLeases.Event(
            "MODIFIED",
            SampleLeases.Plain(8, name: "b").Replace("\"leaseDurationSeconds\":15", "\"leaseDurationSeconds\":\"15\"", StringComparison.Ordinal));
        feed.Send(spoilt.ReplaceLineEndings("") + "\n" + Line("MODIFIED", 10, "a"));
        await _fixture.Until(ofA);

        var b = Reader("b", 7);
        await _fixture.Until(Wait(b));
        Assert.IsType<WatchSignal.Expired>(b.Current);
        Assert.False(Wait(Reader("b", 8)).IsCompleted);
    }

    [Fact]
    public async Task Version_IsGone_AllAreSentToReadAndTheNextBeginsAnother()
    {
        var feed = WatchFeed.Of();
        Server.Answer(feed.Reply).Answer(WatchFeed.Of().Reply);
        var (a, b) = (Reader("a", 5), Reader("b", 7));
        var (ofA, ofB) = (Wait(a), Wait(b));
        feed.Send(SampleLeases.Event("ERROR", FakeServer.Status(410, "Expired", "too old")).ReplaceLineEndings("") + "\n");
        await _fixture.Until(ofA);
        await _fixture.Until(ofB);
        Assert.IsType<WatchSignal.Expired>(a.Current);
        Assert.IsType<WatchSignal.Expired>(b.Current);

        var before = _watch.Epoch;
        _ = Wait(Reader("a", 70));
        await UntilAsync(() => Server.Requests.Count == 2);
        Assert.Contains("resourceVersion=70&", Server.Requests[1].Uri.Query, StringComparison.Ordinal);
        Assert.Equal(before + 1, _watch.Epoch);
    }

    [Fact]
    public async Task Lease_ThatCannotBeUnderstood_CostsItsOwnReaderAlone()
    {
        var spoilt = SampleLeases.Event(
            "MODIFIED",
            SampleLeases.Plain(8, name: "a").Replace("\"leaseDurationSeconds\":15", "\"leaseDurationSeconds\":\"15\"", StringComparison.Ordinal));
        var feed = WatchFeed.Of();
        Server.Answer(feed.Reply);
        var (a, b) = (Reader("a", 5), Reader("b", 7));
        var (ofA, ofB) = (Wait(a), Wait(b));
        feed.Send(spoilt.ReplaceLineEndings("") + "\n" + Line("MODIFIED", 9, "b"));
        await _fixture.Until(ofA);
        await _fixture.Until(ofB);

        Assert.IsType<WatchSignal.Expired>(a.Current);
        Assert.Equal(9, VersionOf(b));
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task LastReader_Leaves_TheConnectionIsClosed()
    {
        var feed = WatchFeed.Of();
        Server.Answer(feed.Reply);
        using var stop = new CancellationTokenSource();
        var reader = _watch.ReadAsync("a", 5, 0, isRestored: false, stop.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var next = Wait(reader);
        await UntilAsync(() => Server.Requests.Count == 1);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        await reader.DisposeAsync();

        Assert.True(feed.IsClosedByClient);
    }

    [Fact]
    public async Task Reader_KnowsMoreThanASilentWatch_MakesItConnectAnewWhereItWas()
    {
        var silent = WatchFeed.Of(SampleLeases.Event("MODIFIED", SampleLeases.Plain(8, name: "a")));
        Server.Answer(silent.Reply).Answer(WatchFeed.Of().Reply);
        var a = Reader("a", 5);
        await _fixture.Until(Wait(a));
        _ = Wait(a);
        _fixture.Time.Advance(StoreFixture.RequestTimeout);
        _ = Wait(Reader("b", 20));
        _ = Wait(Reader("c", 21));
        await UntilAsync(() => Server.Requests.Count == 2);

        Assert.Contains("resourceVersion=8&", Server.Requests[1].Uri.Query, StringComparison.Ordinal);
        await UntilAsync(() => silent.IsClosedByClient);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Fact]
    public async Task Etcd_IsRestoredFromABackup_AnotherWatchBeginsFromTheVersionsOfNow()
    {
        Server.Answer(WatchFeed.Of().Reply).Answer(WatchFeed.Of(SampleLeases.Event("MODIFIED", SampleLeases.Plain(21, name: "b"))).Reply);
        var a = Reader("a", 50);
        var ofA = Wait(a);
        await UntilAsync(() => Server.Requests.Count == 1);
        var b = Reader("b", 20, knownSince: _watch.Epoch, isRestored: true);
        await _fixture.Until(Wait(b));

        Assert.Equal(21, VersionOf(b));
        Assert.Contains("resourceVersion=20&", Server.Requests[1].Uri.Query, StringComparison.Ordinal);
        await _fixture.Until(ofA);
        Assert.IsType<WatchSignal.Expired>(a.Current);
    }

    [Fact]
    public async Task Role_AllowsSingleNamesOnly_EachIsWatchedAloneAndNothingIsReported()
    {
        var feed = WatchFeed.Of(SampleLeases.Event("MODIFIED", SampleLeases.Plain(9)));
        Server.Answer(403, FakeServer.Status(403, "Forbidden", "leases is forbidden")).Answer(feed.Reply);
        var watches = new SharedParts(_fixture.Connection, StoreFixture.RequestTimeout, _fixture.Time);
        for (var i = 0; i < SharedParts.MostSingle; i++)
            watches.Enter("jobs");
        await using var store = new SharedLeaseStore(
            new(_fixture.Connection, watches, static () => { }), _fixture.Store, "jobs", SampleLeases.Name);
        var reader = store.WatchAsync(7, _stop.Token).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        _readers.Add(reader);
        await _fixture.Until(Wait(reader));

        Assert.Equal(9, VersionOf(reader));
        Assert.Contains("fieldSelector=metadata.name", Server.Requests[1].Uri.Query, StringComparison.Ordinal);
        Assert.True(watches.Of("jobs").IsRefused);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var wait in _waits)
            await ((Task)wait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var reader in _readers)
            await reader.DisposeAsync();
        await _fixture.DisposeAsync();
        _stop.Dispose();
    }

    private static string Line(string type, long version, string name) =>
        SampleLeases.Event(type, SampleLeases.Plain(version, name: name)).ReplaceLineEndings("") + "\n";

    private static long VersionOf(IAsyncEnumerator<WatchSignal> reader) => Assert.IsType<WatchSignal.Seen>(reader.Current).Lease.Version;

    private IAsyncEnumerator<WatchSignal> Reader(string name, long fromVersion, long knownSince = 0, bool isRestored = false)
    {
        var reader = _watch.ReadAsync(name, fromVersion, knownSince, isRestored, _stop.Token)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);
        _readers.Add(reader);
        return reader;
    }

    private Task<bool> Wait(IAsyncEnumerator<WatchSignal> reader)
    {
        var wait = reader.MoveNextAsync().AsTask();
        _waits.Add(wait);
        return wait;
    }

    // No clock moves: what is waited for is another thread's.
    private static async Task UntilAsync(Func<bool> happened)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < StoreFixture.Patience, "it does not happen");
            await Task.Yield();
        }
    }
}
