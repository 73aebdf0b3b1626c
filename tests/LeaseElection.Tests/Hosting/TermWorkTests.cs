using System.Collections.Concurrent;
using LeaseElection.Hosting;
using LeaseElection.Hosting.Work;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Terms;
using LeaseElection.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Tests.Hosting;

/// <summary>What AddLeaderService and OnLeading do with a term.</summary>
public sealed class TermWorkTests : IWorkReport
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _log = [];
    private readonly ConcurrentQueue<Exception> _failures = [];
    private HeldTerm? _ended;
    private int _completions;

    [Fact]
    public async Task Services_StartInOrder_AndAreNewForEveryTerm()
    {
        var work = Work(b => b.AddLeaderService<First>().AddLeaderService<Second>());
        for (var i = 1; i <= 2; i++)
        {
            var term = Term(i);
            var run = work.RunAsync(term, this);
            await UntilAsync(() => Count() == 2);
            Assert.Equal([$"First starts {i}", $"Second starts {i}"], Log());
            term.End(TermEndReason.Stopped);
            await run;
            Assert.Equal([$"First disposed {i}", $"First stops {i}", $"Second disposed {i}", $"Second stops {i}"], Log().Order());
        }

        Assert.Empty(_failures);
    }

    [Fact, Scenario(44)]
    public async Task BackgroundService_StopAsyncReturnsEarly_ItsTaskIsAwaitedAllTheSame()
    {
        var work = Work(b => b.AddLeaderService<Stubborn>());
        var term = Term(1);
        var run = work.RunAsync(term, this);
        await Stubborn.Running.Task;
        term.End(TermEndReason.Superseded);
        term.ReportOverrun(); // Its StopAsync gives up waiting now; the loop goes on.
        await Stubborn.ToldToHurry.Task;
        Assert.False(run.IsCompleted);

        Stubborn.MayEnd.SetResult();
        await run;
        Assert.Empty(_failures);
    }

    [Fact, Scenario(44)]
    public async Task OnePartFails_ThatIsToldAtOnceAndTheOthersAreStoppedWhenTheTermEnds()
    {
        var fail = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = Work(b => b.AddLeaderService<First>().OnLeading((_, _) => fail.Task));
        var term = Term(1);
        var run = work.RunAsync(term, this);
        await UntilAsync(() => Count() == 1);
        fail.SetException(new InvalidOperationException("one part"));
        await UntilAsync(() => !_failures.IsEmpty);
        Assert.False(run.IsCompleted);
        term.End(TermEndReason.WorkFailed); // What the election does with it.
        await run;

        Assert.Equal("one part", Assert.Single(_failures).Message);
        Assert.Equal(["First starts 1", "First stops 1", "First disposed 1"], Log());
    }

    [Fact]
    public async Task AllPartsComplete_TheWorkHasCompleted()
    {
        var seen = new List<long>();
        var work = Work(b => b
            .OnLeading((term, _) => Seen(seen, term))
            .OnLeading((services, _, _) => Seen(seen, services.GetRequiredService<LeadershipTerm>())));
        var term = Term(7);
        var run = work.RunAsync(term, this);
        await UntilAsync(() => Volatile.Read(ref _completions) == 1);
        Assert.False(run.IsCompleted); // What is left of it is stopped and disposed of when the term ends.
        term.End(TermEndReason.Stopped);
        await run;

        Assert.Equal([7, 7], seen);
    }

    [Fact]
    public async Task NoWork_LeadsUntilTheTermEnds()
    {
        var term = Term(1);
        var run = Work(_ => { }).RunAsync(term, this);
        Assert.False(run.IsCompleted);
        term.End(TermEndReason.Stopped);
        await run;
    }

    [Fact]
    public async Task StartThatThrows_IsAFailureAndStopsWhatRuns()
    {
        var work = Work(b => b.AddLeaderService<First>().AddLeaderService<Unstartable>().AddLeaderService<Second>());
        var term = Term(1);
        _ended = term;
        await work.RunAsync(term, this);

        Assert.IsType<NotSupportedException>(Assert.Single(_failures));
        Assert.Equal(["First starts 1", "First stops 1", "First disposed 1"], Log());
    }

    void IWorkReport.Failed(Exception error)
    {
        _failures.Enqueue(error);
        _ended?.End(TermEndReason.WorkFailed);
    }

    void IWorkReport.Completed() => Interlocked.Increment(ref _completions);

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static Task Seen(List<long> seen, LeadershipTerm term)
    {
        lock (seen)
            seen.Add(term.FencingToken);
        return Task.CompletedTask;
    }

    private HeldTerm Term(long token) =>
        new(token, token, HolderClock.For(_time).Read(0).Holder + TimeSpan.FromSeconds(10), HolderClock.For(_time), static _ => { });

    private TermWork Work(Action<LeaderElectionBuilder> add)
    {
        var builder = HostFixture.Builder();
        builder.Services.AddSingleton(_log);
        add(builder.Services.AddLeaderElection("reports"));
        var services = builder.Build().Services;
        return new(services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<ElectionRegistration>().Works);
    }


    private int Count()
    {
        lock (_log)
            return _log.Count;
    }

    private string[] Log()
    {
        lock (_log)
        {
            string[] lines = [.. _log];
            _log.Clear();
            return lines;
        }
    }

    private abstract class Logging(List<string> log, LeadershipTerm term) : IHostedService, IDisposable
    {
        public Task StartAsync(CancellationToken cancellationToken) => Say("starts");

        public Task StopAsync(CancellationToken cancellationToken) => Say("stops");

        public void Dispose() => Say("disposed");

        private Task Say(string what)
        {
            lock (log)
                log.Add($"{GetType().Name} {what} {term.FencingToken}");
            return Task.CompletedTask;
        }
    }

    private sealed class First(List<string> log, LeadershipTerm term) : Logging(log, term);

    private sealed class Second(List<string> log, LeadershipTerm term) : Logging(log, term);

    private sealed class Unstartable : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Stubborn : BackgroundService
    {
        public static TaskCompletionSource Running { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static TaskCompletionSource ToldToHurry { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public static TaskCompletionSource MayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task StopAsync(CancellationToken cancellationToken)
        {
            await base.StopAsync(cancellationToken);
            ToldToHurry.SetResult();
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            Running.SetResult();
            await MayEnd.Task;
        }
    }
}
