using LeaseElection.Connection.Http;

namespace LeaseElection.Tests.Connection.Http;

/// <summary>The same connection as the last write's, and another one.</summary>
public sealed class ProbeWayTests : IDisposable
{
    private readonly Ways _ways = new();
    private readonly Trail _trail = new();

    [Fact]
    public async Task Same_AfterTheCurrentChanged_IsStillTheLastWrites()
    {
        _ways.Answer = static (transport, _) => transport == 1 ? Ways.Silence() : Ways.Good();
        _ = WriteAsync();
        _ways.Time.Advance(Ways.RequestTimeout);
        await _ways.SendAsync();
        _ = _ways.SendAsync(Way.Same, _trail);

        Assert.Equal([1, 2, 1], _ways.Took);
    }

    [Fact]
    public async Task Same_ConnectionIsClosedMeanwhile_IsTheCurrent()
    {
        await WriteAsync();
        _ways.Made[0].GoAway(0);
        await _ways.SendAsync(Way.Same, _trail);

        Assert.Equal([1, 2], _ways.Took);
    }

    [Fact]
    public async Task Other_NoneIsKnown_IsANewOneAtOnce()
    {
        _ways.Answer = static (transport, _) => transport == 1 ? Ways.Silence() : Ways.Good();
        _ = WriteAsync();
        _ways.Time.Advance(Ways.RequestTimeout / 2);

        Assert.IsType<ApiAnswer.Replied>(await _ways.SendAsync(Way.Other, _trail));
        Assert.Equal([1, 2], _ways.Took);
    }

    // "Connection backoff never delays it": two silent ones, and the backoff would wait for seconds.
    [Fact]
    public async Task Other_OneIsKnownThatWorks_IsThatOneAndNoneIsOpened()
    {
        _ways.Answer = static (transport, _) => transport == 1 ? Ways.Silence() : Ways.Good();
        _ = WriteAsync();
        await _ways.SendAsync(Way.Other, _trail);
        await _ways.SendAsync(Way.Other, _trail);

        Assert.Equal(2, _ways.Opened);
    }

    [Fact]
    public async Task Other_BackoffWaitsAndOnlyTheLastWritesIsThere_IsANewOneAllTheSame()
    {
        _ways.Answer = static (transport, _) => transport <= 2 ? Ways.Silence() : Ways.Good();
        using var stop = new CancellationTokenSource();
#pragma warning disable CA2025 // It is cancelled before.
        _ = _ways.SendAsync(stop: stop);
#pragma warning restore CA2025
        _ways.Time.Advance(Ways.RequestTimeout);
        _ = _ways.SendAsync(); // Opens the second, and takes the backoff's turn.
        _ways.Made[0].GoAway(0);
        _ = WriteAsync();

        Assert.IsType<ApiAnswer.Replied>(await _ways.SendAsync(Way.Other, _trail));
        Assert.Equal([1, 2, 2, 3], _ways.Took);
    }

    [Fact]
    public async Task Other_SecondWrite_LeavesItsOwnTrail()
    {
        _ways.Answer = static (transport, _) => transport == 1 ? Ways.Silence() : Ways.Good();
        _ = WriteAsync();
        await WriteAsync(Way.Other);
        await _ways.SendAsync(Way.Same, _trail);

        Assert.Equal([1, 2, 2], _ways.Took);
    }

    [Fact]
    public async Task Usual_AfterAProbeOnAnother_StaysWhereItIs()
    {
        await WriteAsync();
        await _ways.SendAsync(Way.Other, _trail);
        await _ways.SendAsync();

        Assert.Equal([1, 2, 1], _ways.Took);
    }

    [Fact]
    public async Task Beside_BackoffWaits_IsTheSame()
    {
        _ways.Answer = static (_, _) => Ways.Good();
        await WriteAsync();
        await _ways.SendAsync(Way.Beside, _trail);
        _ways.Made[1].GoAway(0);
        await _ways.SendAsync(Way.Beside, _trail);

        Assert.Equal([1, 2, 1], _ways.Took);
    }

    public void Dispose() => _ways.Dispose();

    private Task<ApiAnswer> WriteAsync(Way way = Way.Usual) => _ways.SendAsync(way, _trail, leavesTrail: true, method: HttpMethod.Put);
}
