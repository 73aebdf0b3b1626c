using LeaseElection.Tests.Store;

namespace LeaseElection.Tests.Connection.Http;

/// <summary>Answers that speak against what is at the other end of a connection.</summary>
public sealed class BadAnswerTests : IDisposable
{
    private const string Html = "<html>default backend - 404</html>";

    private readonly Ways _ways = new();

    // A balancer that keeps old connections on a dead node; new ones end at a living one.
    [Fact]
    public async Task ServerErrors_ThreeInARow_TheNextTakesANewConnection()
    {
        _ways.Answer = static (transport, _) => transport == 1 ? Ways.Status(503) : Ways.Good();
        for (var i = 0; i < 4; i++)
            await _ways.SendAsync();

        Assert.Equal([1, 1, 1, 2], _ways.Took);
    }

    [Fact]
    public async Task ServerErrors_WithAGoodAnswerBetween_AreNone()
    {
        int[] statuses = [503, 500, 200, 502, 504, 409, 503];
        _ways.Answer = (_, _) => Ways.Status(statuses[_ways.Took.Length - 1]);
        for (var i = 0; i < statuses.Length; i++)
            await _ways.SendAsync();

        Assert.Equal(1, _ways.Opened);
    }

    [Fact]
    public async Task ServerErrors_OnEveryConnectionForAMinute_OpenAFewAlone()
    {
        _ways.Answer = static (_, _) => Ways.Status(503);
        for (var second = 0; second < 60; second++)
        {
            await _ways.SendAsync();
            await _ways.SendAsync();
            await _ways.SendAsync();
            _ways.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(_ways.Opened, 3, 6);
        Assert.InRange(_ways.Opened - _ways.Closed, 1, 3);
    }

    [Theory]
    [InlineData(404, Html)]
    [InlineData(200, Html)]
    [InlineData(200, "")]
    [InlineData(302, "")]
    [InlineData(404, "default backend - 404")]
    public async Task Answer_OfSomethingInBetween_IsEnoughForANewConnection(int status, string body)
    {
        _ways.Answer = (transport, _) => transport == 1 ? Ways.Status(status, body) : Ways.Good();
        await _ways.SendAsync();
        await _ways.SendAsync();

        Assert.Equal([1, 2], _ways.Took);
    }

    [Theory]
    [InlineData(404, "{\"kind\":\"Status\"}")]
    [InlineData(409, "{\"kind\":\"Status\"}")]
    [InlineData(403, "Forbidden")]
    [InlineData(429, "Too many requests, please try again later.")]
    [InlineData(401, "Unauthorized")]
    public async Task Answer_OfTheApiServer_ChangesNothing(int status, string body)
    {
        _ways.Answer = (_, _) => Ways.Status(status, body);
        for (var i = 0; i < 5; i++)
            await _ways.SendAsync();

        Assert.Equal(1, _ways.Opened);
    }

    // The watch there brings its events, and ends by itself.
    [Fact]
    public async Task ServerErrors_LeaveTheConnectionsStreamsAlone()
    {
        _ways.Answer = (transport, _) => (transport, _ways.Took.Length) switch
        {
            (_, 1) => Task.FromResult(WatchFeed.Of().Reply()),
            (1, _) => Ways.Status(503),
            _ => Ways.Good(),
        };
        using var stream = (await _ways.StreamAsync()).Stream;
        for (var i = 0; i < 4; i++)
            await _ways.SendAsync();
        _ways.Time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(2, _ways.Took[^1]);
        Assert.False(stream.IsGivenUp);
    }

    public void Dispose() => _ways.Dispose();
}
