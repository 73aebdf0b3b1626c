using LeaseElection.Connection.Http;
using LeaseElection.Tests.Store;

namespace LeaseElection.Tests.Connection.Http;

/// <summary>A server that sends its clients away, or takes no new ones.</summary>
public sealed class GoAwayTests : IDisposable
{
    private const uint EnhanceYourCalm = 0xB;

    private readonly Ways _ways = new();

    [Fact]
    public async Task GoAway_RequestsMoveAtOnceAndStreamsWithinTwoSeconds()
    {
        _ways.Answer = (_, _) => _ways.Took.Length == 1 ? Task.FromResult(WatchFeed.Of().Reply()) : Ways.Good();
        using var stream = (await _ways.StreamAsync()).Stream;
        var reading = stream.ReadAsync(new byte[10]).AsTask();
        _ways.Made[0].GoAway(0);
        await _ways.SendAsync();
        Assert.Equal([1, 2], _ways.Took);
        Assert.False(stream.IsGivenUp);

        _ways.Time.Advance(ConnectionTimes.Spread);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.True(stream.IsGivenUp);
    }

    [Fact]
    public async Task GoAway_RequestOnItsWay_IsStillAnswered()
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        _ways.Answer = (_, _) => late.Task;
        var sent = _ways.SendAsync();
        _ways.Made[0].GoAway(0);
        _ways.Time.Advance(TimeSpan.FromSeconds(5));
        late.SetResult(FakeServer.Reply(200, "{}"));

        Assert.IsType<ApiAnswer.Replied>(await sent);
    }

    // --goaway-chance: what moves must not bring about more that moves.
    [Fact]
    public async Task GoAway_OfOneConnectionOfAThousandStreams_MovesFewOfThem()
    {
        _ways.Answer = static (_, _) => Task.FromResult(WatchFeed.Of().Reply());
        List<ApiStream> streams = [];
        for (var i = 0; i < 1000; i++)
            streams.Add((await _ways.StreamAsync()).Stream);
        Assert.Equal(1000 / TransportPool.MostStreams, _ways.Opened);

        _ways.Made[7].GoAway(0);
        _ways.Time.Advance(ConnectionTimes.Spread);

        Assert.Equal(TransportPool.MostStreams, streams.Count(static stream => stream.IsGivenUp));
        foreach (var stream in streams)
            stream.Dispose();
        _ways.Time.Advance(ConnectionTimes.SpareLife);
        Assert.Equal(_ways.Opened - 1, _ways.Closed); // All but the current one.
    }

    [Fact]
    public async Task Refusals_OfASecond_GiveUpTheStreamsThatHoldUpTheShutdown()
    {
        _ways.Answer = (_, _) => _ways.Took.Length == 1 ? Task.FromResult(WatchFeed.Of().Reply()) : Refused();
        using var stream = (await _ways.StreamAsync()).Stream;
        for (var i = 0; i < 4; i++)
        {
            await _ways.SendAsync();
            _ways.Time.Advance(TimeSpan.FromMilliseconds(300));
        }

        Assert.False(stream.IsGivenUp);
        await _ways.SendAsync();
        _ways.Time.Advance(ConnectionTimes.Spread);
        Assert.True(stream.IsGivenUp);
    }

    [Fact]
    public async Task Refusals_WithAnAnswerBetween_GiveUpNothing()
    {
        _ways.Answer = (_, _) => _ways.Took.Length switch
        {
            1 => Task.FromResult(WatchFeed.Of().Reply()),
            4 => Ways.Good(),
            _ => Refused(),
        };
        using var stream = (await _ways.StreamAsync()).Stream;
        for (var i = 0; i < 6; i++)
        {
            await _ways.SendAsync();
            _ways.Time.Advance(TimeSpan.FromMilliseconds(400));
        }

        _ways.Time.Advance(ConnectionTimes.Spread);
        Assert.False(stream.IsGivenUp);
    }

    // A proxy that counts PINGs ended connections every 3 s, for ever and in silence.
    [Fact]
    public async Task EnhanceYourCalm_NewConnectionsSendFewerPingsAndItIsSaidOnce()
    {
        List<TimeSpan> delays = [];
        for (var i = 0; i < 7; i++)
        {
            await _ways.SendAsync();
            delays.Add(_ways.Setups[^1].PingDelay);
            _ways.Made[^1].GoAway(EnhanceYourCalm);
            _ways.Made[^1].GoAway(EnhanceYourCalm);
        }

        Assert.Equal([1, 4, 16, 64, 256, 300, 300], delays.Select(static delay => delay.TotalSeconds));
        Assert.Equal(5, _ways.Notices.Count);
        Assert.Contains("every 4 s", _ways.Notices[0], StringComparison.Ordinal);
    }

    public void Dispose() => _ways.Dispose();

    private static Task<HttpResponseMessage> Refused() => Task.FromException<HttpResponseMessage>(
        new HttpRequestException("Connection refused (server.test:443)", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused)));
}
