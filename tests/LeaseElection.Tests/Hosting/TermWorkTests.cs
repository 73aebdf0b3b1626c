using LeaseElection.Hosting;
using LeaseElection.Pump;
using LeaseElection.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Tests.Hosting;

/// <summary>What AddLeaderService and OnLeading do with a term.</summary>
public sealed class TermWorkTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _log = [];

    [Fact]
    public async Task Services_StartInOrderStopInReverse_AndAreNewForEveryTerm()
    {
        var work = Work(b => b.AddLeaderService<First>().AddLeaderService<Second>());
        for (var i = 1; i <= 2; i++)
        {
            var term = Term(i);
            var run = work.RunAsync(term, term.Token);
            Assert.Equal([$"First starts {i}", $"Second starts {i}"], Log());
            term.End(TermEndReason.Stopped);
            await run;
            Assert.Equal([$"Second stops {i}", $"Second disposed {i}", $"First stops {i}", $"First disposed {i}"], Log());
        }
    }

    [Fact, Scenario(44)]
    public async Task BackgroundService_StopAsyncReturnsEarly_ItsTaskIsAwaitedAllTheSame()
    {
        var work = Work(b => b.AddLeaderService<Stubborn>());
        var term = Term(1);
        var run = work.RunAsync(term, term.Token);
        await Stubborn.Running.Task;
        term.End(TermEndReason.Superseded);
        term.ReportOverrun(); // Its StopAsync gives up waiting now; the loop goes on.
        await Stubborn.ToldToHurry.Task;
        Assert.False(run.IsCompleted);

        Stubborn.MayEnd.SetResult();
        await run;
        Assert.True(run.IsCompletedSuccessfully);
    }

    [Fact, Scenario(44)]
    public async Task OnePartFails_TheOthersAreStoppedAndTheFailureIsThrown()
    {
        var fail = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var work = Work(b => b.AddLeaderService<First>().OnLeading(async (_, token) => await fail.Task.WaitAsync(token)));
        var term = Term(1);
        var run = work.RunAsync(term, term.Token);
        fail.SetException(new InvalidOperationException("one part"));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => run);
        Assert.Equal("one part", error.Message);
        Assert.True(term.IsActive);
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
        await work.RunAsync(term, term.Token);

        Assert.Equal([7, 7], seen);
    }

    [Fact]
    public async Task NoWork_LeadsUntilTheTermEnds()
    {
        var term = Term(1);
        var run = Work(_ => { }).RunAsync(term, term.Token);
        Assert.False(run.IsCompleted);
        term.End(TermEndReason.Stopped);
        await run;
    }

    [Fact]
    public async Task StartThatThrows_StopsWhatRunsAndThrows()
    {
        var work = Work(b => b.AddLeaderService<First>().AddLeaderService<Unstartable>());
        var term = Term(1);

        await Assert.ThrowsAsync<NotSupportedException>(() => work.RunAsync(term, term.Token));
        Assert.Equal(["First starts 1", "First stops 1", "First disposed 1"], Log());
    }

    private static Task Seen(List<long> seen, LeadershipTerm term)
    {
        lock (seen)
            seen.Add(term.FencingToken);
        return Task.CompletedTask;
    }

    private LeadershipTerm Term(long token) =>
        new(token, token, HolderClock.For(_time).Read(0).Holder + TimeSpan.FromSeconds(10), HolderClock.For(_time), static _ => { });

    private TermWork Work(Action<LeaderElectionBuilder> add)
    {
        var builder = HostFixture.Builder();
        builder.Services.AddSingleton(_log);
        add(builder.Services.AddLeaderElection("reports"));
        var services = builder.Build().Services;
        return new(services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<ElectionRegistration>());
    }

    private string[] Log()
    {
        string[] lines = [.. _log];
        _log.Clear();
        return lines;
    }

    private abstract class Logging(List<string> log, LeadershipTerm term) : IHostedService, IDisposable
    {
        public Task StartAsync(CancellationToken cancellationToken) => Say("starts");

        public Task StopAsync(CancellationToken cancellationToken) => Say("stops");

        public void Dispose() => Say("disposed");

        private Task Say(string what)
        {
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
