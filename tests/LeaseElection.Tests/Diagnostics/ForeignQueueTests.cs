using LeaseElection.Diagnostics;
using LeaseElection.TestKit;
using LeaseElection.Tests.Hosting.Shell;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Tests.Diagnostics;

/// <summary>The queues on which foreign code runs (S9).</summary>
[Collection(nameof(BlocksThreads))]
public sealed class ForeignQueueTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly ManualResetEventSlim _block = new();

    public void Dispose() => _block.Dispose();

    [Fact]
    public async Task Calls_RunInOrderOneAtATime()
    {
        var queue = new ForeignQueue(_time, "a test");
        var made = new List<int>();
        for (var i = 0; i < 1000; i++)
        {
            var call = i;
            queue.Post(() => made.Add(call));
        }

        await queue.FlushAsync(TimeSpan.FromDays(1));
        Assert.Equal(Enumerable.Range(0, 1000), made);
    }

    [Fact]
    public async Task CallThatThrows_TheNextIsMadeAndHealthSaysSoForAWhile()
    {
        var queue = new ForeignQueue(_time, "a test");
        var made = false;
        queue.Post(() => throw new IOException());
        queue.Post(() => made = true);
        await queue.FlushAsync(TimeSpan.FromDays(1));
        Assert.True(made);
        Assert.Equal("a test throws System.IO.IOException; the election goes on without it", Assert.Single(Troubles(queue)));

        _time.Advance(TimeSpan.FromSeconds(10.1));
        Assert.Empty(Troubles(queue));
    }

    [Fact]
    public async Task CallThatBlocks_PostsReturnAndTheNewestAreDroppedAndCounted()
    {
        var queue = new ForeignQueue(_time, "a test", most: 3);
        using var running = new ManualResetEventSlim();
        queue.Post(() =>
        {
            running.Set();
            _block.Wait(CancellationToken.None);
        });
        running.Wait(TestContext.Current.CancellationToken);
        var made = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            var call = i;
            queue.Post(() => made.Add(call));
        }

        Assert.Equal(2, queue.Dropped);
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(
            "a test has been busy with one call for 6.0 s; the election does not wait for it, and left out 2 more",
            Assert.Single(Troubles(queue)));
        _block.Set();
        await queue.FlushAsync(TimeSpan.FromDays(1));
        Assert.Equal([0, 1, 2], made);
        Assert.Empty(Troubles(queue));
    }

    [Fact]
    public async Task Flush_OfACallThatBlocks_EndsAfterItsTime()
    {
        var queue = new ForeignQueue(_time, "a test");
        queue.Post(() => _block.Wait(CancellationToken.None));
        var flush = queue.FlushAsync(TimeSpan.FromSeconds(1));
        Assert.False(flush.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        await flush;
        _block.Set();
    }

    [Fact]
    public async Task Logger_ThatDidNotKeepUp_SaysHowManyLinesAreMissing()
    {
        using var provider = new LogHook();
        var queue = new ForeignQueue(_time, "the log", most: 1);
        var logger = QueuedLogger.Over(provider, queue);
        using var running = new ManualResetEventSlim();
        provider.On = _ =>
        {
            running.Set();
            _block.Wait(CancellationToken.None);
        };
        logger.Log(LogLevel.Information, new EventId(1), "first", null, static (s, _) => s);
        running.Wait(TestContext.Current.CancellationToken);
        for (var i = 0; i < 4; i++)
            logger.Log(LogLevel.Information, new EventId(2), "next", null, static (s, _) => s);
        _block.Set();
        await queue.FlushAsync(TimeSpan.FromDays(1));

        Assert.Equal([1, 33, 2], provider.Events);
    }

    [Fact]
    public async Task Calls_DoNotBelongToTheCallersTrace()
    {
        var queue = new ForeignQueue(_time, "a test");
        var seen = new List<System.Diagnostics.Activity?>();
        using (new System.Diagnostics.Activity("of the caller").Start())
            queue.Post(() => seen.Add(System.Diagnostics.Activity.Current));
        await queue.FlushAsync(TimeSpan.FromDays(1));

        Assert.Equal([null], seen);
    }

    [Fact]
    public async Task CallThatThrowsAnExceptionWhoseMembersThrow_IsToldByItsTypesName()
    {
        var queue = new ForeignQueue(_time, "a test");
        queue.Post(() => throw new OddException());
        await queue.FlushAsync(TimeSpan.FromDays(1));

        Assert.Contains(nameof(OddException), Assert.Single(Troubles(queue)), StringComparison.Ordinal);
    }

    private static List<string> Troubles(ForeignQueue queue) => [.. ForeignQueue.Troubles(TimeSpan.FromSeconds(5), queue)];

    private sealed class OddException : Exception
    {
        public override string Message => throw new OddException();

        public override Exception GetBaseException() => throw new OddException();

        public override string ToString() => throw new OddException();
    }
}
