using System.Collections.Concurrent;
using LeaseElection.Announcing;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Terms;
using LeaseElection.Tests.Store;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Tests.Announcing;

/// <summary>An announcer's surroundings: a fake server, a manual clock, terms that the test begins and ends.</summary>
internal sealed class AnnouncingFixture : IAsyncDisposable, ILogger
{
    private readonly StoreFixture _store = new();
    private long _terms;

    public ConcurrentQueue<(int Id, string Text)> Lines { get; } = new();

    public FakeServer Server => _store.Server;

    public LeaseElection.TestKit.ManualTimeProvider Time => _store.Time;

    public AnnouncingParts Parts => new(
        () =>
            new(_store.Connection, new(_store.Connection, StoreFixture.RequestTimeout, Time), static () => { }), "jobs", "reports",
            "pod-1_a", StoreFixture.RequestTimeout, Time, this);

    public HeldTerm NewTerm()
    {
        var clock = HolderClock.For(Time);
        _terms++;
        return new(_terms, 100 + _terms, clock.Read(random: 0).Holder + TimeSpan.FromDays(10_000), clock, static _ => { });
    }

    /// <summary>Lets time pass, from timer to timer, until something is so.</summary>
    public async Task UntilAsync(Func<bool> happened)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < StoreFixture.Patience, "it does not happen");
            if (Time.UntilNextTimer is { } next)
                Time.Advance(next);
            await Task.Yield();
        }
    }

    /// <summary>The same without time: what is waited for is another thread's.</summary>
    public static async Task UntilAtOnceAsync(Func<bool> happened)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < StoreFixture.Patience, "it does not happen");
            await Task.Yield();
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((eventId.Id, formatter(state, exception)));

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
