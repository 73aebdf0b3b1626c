using FailoverDemo;
using FailoverDemo.Replicas;
using FailoverDemo.Story;

namespace LeaseElection.Testing.Tests.Example;

public sealed class DisruptorTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly Recorder _recorder;
    private readonly FakeReplica[] _replicas = [new("replica-1"), new("replica-2")];
    private long _token = 10;

    public DisruptorTests()
    {
        _recorder = new(new(_replicas.Select(r => r.Name), StoryScript.Timings), _time);
        _end.CancelAfter(TimeSpan.FromSeconds(30)); // Only a hang takes so long.
    }

    public void Dispose() => _end.Dispose();

    [Fact]
    public async Task Run_ByTurns_StopsGracefullyThenFreezes()
    {
        var running = Run(TimeSpan.FromSeconds(10));
        Lead(0);

        await PassAsync(TimeSpan.FromSeconds(10));
        await _replicas[0].DoneAsync("stop", _end.Token);
        Lead(1);
        await PassAsync(TimeSpan.FromSeconds(10));
        await _replicas[1].DoneAsync("freeze", _end.Token);
        Lead(0);
        await PassAsync(TimeSpan.FromSeconds(3));
        await _replicas[1].DoneAsync("thaw", _end.Token);

        Assert.Equal(["stop"], _replicas[0].Done);
        await EndAsync(running);
    }

    [Fact]
    public async Task Run_NobodyTakesOver_ThawsAfterTwoLeases()
    {
        var running = Run(TimeSpan.FromSeconds(10));
        Lead(0);
        await PassAsync(TimeSpan.FromSeconds(10));
        await _replicas[0].DoneAsync("stop", _end.Token);
        Lead(0);
        await PassAsync(TimeSpan.FromSeconds(10));
        await _replicas[0].DoneAsync("freeze", _end.Token);

        await PassAsync(StoryScript.Timings.LeaseDuration * 2);

        await _replicas[0].DoneAsync("thaw", _end.Token);
        await EndAsync(running);
    }

    [Fact]
    public async Task Run_NeverAsked_ReturnsAtOnce() => await Run(TimeSpan.Zero);

    private Task Run(TimeSpan every) => new Disruptor(_replicas, _recorder, StoryScript.Timings, every, _time).RunAsync(_end.Token);

    private void Lead(int replica)
    {
        _recorder.Tell(now => new TermEnded(now, _replicas[1 - replica].Name, _token, TermEndReason.Stopped));
        _recorder.Tell(now => new TermBegan(now, _replicas[replica].Name, ++_token));
    }

    // The disruptor arms its timer on another thread: time passes only once it has. A little more time, as durations are rounded.
    private async Task PassAsync(TimeSpan by)
    {
        by += TimeSpan.FromMilliseconds(1);
        while (_time.UntilNextTimer is not { } next || next > by)
        {
            _end.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        _time.Advance(by);
    }

    private async Task EndAsync(Task running)
    {
        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private sealed class FakeReplica(string name) : IReplica
    {
        private readonly Lock _gate = new();
        private readonly List<string> _done = [];

        public string Name { get; } = name;

        public IReadOnlyList<string> Done
        {
            get
            {
                lock (_gate)
                    return [.. _done];
            }
        }

        public void Stop() => Do("stop");

        public void Freeze() => Do("freeze");

        public void Thaw() => Do("thaw");

        public async Task DoneAsync(string what, CancellationToken cancellationToken)
        {
            while (!Done.Contains(what))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        private void Do(string what)
        {
            lock (_gate)
                _done.Add(what);
        }
    }
}
