using LeaseElection.Connection.Http;
using LeaseElection.TestKit;
using LeaseElection.Tests.Store;

namespace LeaseElection.Tests.Connection.Http;

/// <summary>Slow is not dead: when a connection is doubted, what that changes, and what it does not.</summary>
public sealed class DoubtTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Ways _ways = new();

    [Fact, Scenario(34)]
    public async Task Silence_OfRequestTimeout_LaterRequestsTakeAnotherAndTheFirstIsStillAnswered()
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        _ways.Answer = (transport, _) => transport == 1 ? late.Task : Ways.Good();
        var first = _ways.SendAsync();
        _ways.Time.Advance(Ways.RequestTimeout);
        Assert.IsType<ApiAnswer.Replied>(await _ways.SendAsync());
        _ways.Time.Advance(7 * Second);
        Assert.False(first.IsCompleted);

        late.SetResult(FakeServer.Reply(200, "{}"));

        Assert.IsType<ApiAnswer.Replied>(await first);
        Assert.Equal([1, 2], _ways.Took);
    }

    [Fact]
    public async Task Silence_JustBelowRequestTimeout_ChangesNothing()
    {
        _ways.Answer = (transport, _) => transport == 1 && _ways.Took.Length == 1 ? Ways.Silence() : Ways.Good();
        _ = _ways.SendAsync();
        _ways.Time.Advance(Ways.RequestTimeout - TimeSpan.FromMilliseconds(5));
        await _ways.SendAsync();

        Assert.Equal([1, 1], _ways.Took);
    }

    [Fact]
    public async Task Request_OwnTimeout_IsItsEndWhateverBecameOfTheConnection()
    {
        _ways.Answer = static (_, _) => Ways.Silence();
        var sent = _ways.SendAsync(timeout: 8 * Second);
        _ways.Time.Advance(TimeSpan.FromMilliseconds(7_999));
        Assert.False(sent.IsCompleted);
        _ways.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal("no answer within 8000 ms", Assert.IsType<ApiAnswer.Silent>(await sent).Why);
    }

    // A caller with little time must not condemn a connection that others share.
    [Fact]
    public async Task Request_WithLittleTime_LeavesTheConnectionUndoubted()
    {
        _ways.Answer = (_, _) => _ways.Took.Length == 1 ? Ways.Silence() : Ways.Good();
        var hasty = _ways.SendAsync(timeout: TimeSpan.FromMilliseconds(300));
        _ways.Time.Advance(TimeSpan.FromMilliseconds(300));
        Assert.IsType<ApiAnswer.Silent>(await hasty);
        _ways.Time.Advance(60 * Second);
        await _ways.SendAsync();

        Assert.Equal([1, 1], _ways.Took);
    }

    [Fact]
    public async Task Connection_HeardWhileARequestWaits_IsNotDoubted()
    {
        _ways.Answer = (_, _) => _ways.Took.Length == 1 ? Ways.Silence() : Ways.Good();
        var slow = _ways.SendAsync(timeout: 4 * Second);
        _ways.Time.Advance(Second);
        _ways.Made[0].Hear(); // The answer to a PING.
        _ways.Time.Advance(2 * Second);
        await _ways.SendAsync();
        _ways.Time.Advance(Second);

        Assert.Equal([1, 1], _ways.Took);
        Assert.Equal("no answer within 4000 ms, though the connection lives", Assert.IsType<ApiAnswer.Silent>(await slow).Why);
    }

    // It was heard once, and then no more: with PINGs that is noticed too.
    [Fact]
    public async Task Connection_WhosePingsAreNoLongerAnswered_IsDoubted()
    {
        _ways.Answer = (transport, _) => transport == 1 ? Ways.Silence() : Ways.Good();
        _ = _ways.SendAsync();
        _ways.Made[0].Connect(hasPings: true);
        _ways.Time.Advance(Second);
        _ways.Made[0].Hear();
        _ways.Time.Advance(5 * Second);
        await _ways.SendAsync();

        Assert.Equal([1, 2], _ways.Took);
    }

    [Fact]
    public async Task ManyRequests_SilentTogether_OpenOneConnection()
    {
        _ways.Answer = (transport, _) => transport == 1 ? Ways.Silence() : Ways.Good();
        for (var i = 0; i < 50; i++)
            _ = _ways.SendAsync();
        _ways.Time.Advance(Ways.RequestTimeout);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _ways.SendAsync()));

        Assert.Equal(2, _ways.Opened);
    }

    [Fact]
    public async Task Doubted_AnswersBeforeTheNewOneDoes_IsCurrentAgain()
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        _ways.Answer = (transport, _) => (transport, _ways.Took.Length) switch
        {
            (1, 1) => late.Task,
            (1, _) => Ways.Good(),
            _ => Ways.Silence(),
        };
        var first = _ways.SendAsync();
        _ways.Time.Advance(Ways.RequestTimeout);
        _ = _ways.SendAsync();
        late.SetResult(FakeServer.Reply(200, "{}"));
        await first;
        await _ways.SendAsync();

        Assert.Equal([1, 2, 1], _ways.Took);
        Assert.Equal(0, _ways.Closed); // What is half made is kept.
    }

    // Something in between answers PINGs, and what is behind it is dead.
    [Fact]
    public async Task Current_AnswersPingsAlone_AnotherThatAnswersRequestsReplacesIt()
    {
        _ways.Answer = static (transport, _) => transport == 1 ? Ways.Silence() : Ways.Good();
        var trail = new Trail();
        _ = _ways.SendAsync(trail: trail, leavesTrail: true);
        for (var second = 0; second < 3; second++)
        {
            _ways.Time.Advance(Second);
            _ways.Made[0].Hear();
        }

        _ = _ways.SendAsync();
        _ways.Time.Advance(Ways.RequestTimeout - Second);
        await _ways.SendAsync(Way.Other, trail);
        _ = _ways.SendAsync();
        _ways.Time.Advance(Second);
        _ways.Made[0].Hear();
        await _ways.SendAsync(Way.Other, trail);
        await _ways.SendAsync();

        Assert.Equal([1, 1, 2, 2, 2, 2], _ways.Took[..6]);
    }

    // The old rule opened 20.8 connections a replica and minute.
    [Fact]
    public async Task Server_ThreeSecondsLateForAMinute_NeedsAtMostThreeConnections()
    {
        _ways.Answer = (_, _) => _ways.LateAsync(3 * Second);
        List<Task<ApiAnswer>> sent = [];
        for (var second = 0; second < 60; second++)
        {
            sent.Add(_ways.SendAsync());
            _ways.Time.Advance(Second / 2);
            sent.Add(_ways.SendAsync());
            _ways.Time.Advance(Second / 2);
            await Task.Yield();
        }

        _ways.Time.Advance(3 * Second);
        Assert.All(await Task.WhenAll(sent), answer => Assert.IsType<ApiAnswer.Replied>(answer));
        Assert.InRange(_ways.Opened, 1, 3);
    }

    [Fact]
    public void Server_SilentForAMinute_IsTriedEverLessOften()
    {
        _ways.Answer = static (_, _) => Ways.Silence();
        List<int> opened = [];
        for (var second = 0; second < 60; second++)
        {
            _ = _ways.SendAsync();
            _ways.Time.Advance(Second);
            opened.Add(_ways.Opened);
        }

        Assert.Equal((1, 2, 3, 4, 5), (opened[0], opened[2], opened[9], opened[19], opened[59]));
    }

    [Fact]
    public async Task Doubt_AfterAQuietTime_OpensAtOnceAgain()
    {
        var dead = 1;
        _ways.Answer = (transport, _) => transport <= dead ? Ways.Silence() : Ways.Good();
        for (var round = 0; round < 3; round++)
        {
            var silent = _ways.SendAsync();
            _ways.Time.Advance(Ways.RequestTimeout);
            Assert.IsType<ApiAnswer.Replied>(await _ways.SendAsync());
            _ways.Time.Advance(Ways.Ample);
            await silent;
            for (var minute = 0; minute < 3; minute++)
            {
                _ways.Time.Advance(TimeSpan.FromMinutes(1));
                await _ways.SendAsync();
            }

            dead++;
        }

        Assert.Equal(4, _ways.Opened);
    }

    [Fact]
    public async Task Spare_ThatNobodyUsed_IsClosedAfterAMinute()
    {
        _ways.Answer = (transport, _) => transport == 1 ? Ways.Silence() : Ways.Good();
        using var stop = new CancellationTokenSource();
        var late = new TaskCompletionSource<HttpResponseMessage>();
        _ways.Answer = (transport, _) => transport == 1 ? late.Task : Ways.Good();
        var first = _ways.SendAsync();
        _ways.Time.Advance(Ways.RequestTimeout);
        await _ways.SendAsync();
        late.SetResult(FakeServer.Reply(200, "{}"));
        await first;
        _ways.Time.Advance(50 * Second);
        Assert.Equal(0, _ways.Closed);
        _ways.Time.Advance(15 * Second);

        Assert.Equal(1, _ways.Closed);
        Assert.Equal(0, _ways.Time.ArmedTimers);
    }

    // SocketsHttpHandler closes it in the end; a watch should not wait for that.
    [Fact]
    public async Task Stream_OnASilentConnectionWhileAnotherWorks_IsGivenUp()
    {
        _ways.Answer = (_, _) => _ways.Took.Length switch
        {
            1 => Task.FromResult(WatchFeed.Of().Reply()),
            2 => Ways.Silence(),
            _ => Ways.Good(),
        };
        using var stream = (await _ways.StreamAsync()).Stream;
        var reading = stream.ReadAsync(new byte[10]).AsTask();
        _ = _ways.SendAsync();
        _ways.Time.Advance(3 * Second);
        await _ways.SendAsync();
        Assert.False(stream.IsGivenUp);
        _ways.Time.Advance(3 * Second);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.True(stream.IsGivenUp);
        Assert.Equal([1, 1, 2], _ways.Took);
    }

    [Fact]
    public async Task Stream_WhoseHeadersDoNotCome_DoubtsNothing()
    {
        _ways.Answer = (_, _) => _ways.Took.Length == 1 ? Ways.Silence() : Ways.Good();
        var held = _ways.Connection.SendAsync(
            new(HttpMethod.Get, _ways.Connection.Server, Ways.Ample) { Streams = true }, CancellationToken.None);
        _ways.Made[0].Connect(hasPings: true);
        for (var second = 0; second < 12; second++)
        {
            _ways.Time.Advance(Second);
            _ways.Made[0].Hear();
        }

        Assert.IsType<ApiAnswer.Silent>(await held);
        Assert.Equal(1, _ways.Opened);
    }

    public void Dispose() => _ways.Dispose();
}
