using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>A leader that cannot renew: it stops believing at send + RenewDeadline, to the moment.</summary>
public abstract class DeadlineScenarios(ElectionServer server) : ElectionScenarios(server)
{
    [Fact, Scenario(31)]
    public async Task CutOff_TheTokenIsCancelledWithinAHundredMillisecondsOfTheDeadline()
    {
        // The best of some: what else these cores do is not what is asked here.
        var best = TimeSpan.MaxValue;
        var a = Add(leaseSeconds: 2).Start();
        var term = await a.UntilLeadingAsync();
        for (var i = 0; i < 5 && best > Seconds(0.1); i++)
        {
            await a.Tap.UntilWrittenMoreAsync(1);
            a.Tap.CutOff = true;
            var cancelled = await CancelledAtAsync(term.EndedToken);
            var sent = a.Tap.Requests.Last(request => request.IsWrite && request.Succeeded).SentAt;
            var late = TimeProvider.System.GetElapsedTime(sent, cancelled) - a.RenewDeadline;
            Assert.False(term.IsActive);
            Assert.Equal(TermEndReason.DeadlinePassed, term.EndReason);
            Assert.True(late > a.RenewDeadline / -2, $"ended {-late} early");
            best = late < best ? late : best;

            a.Tap.CutOff = false;
            term = await a.UntilNextTermAsync(term);
        }

        Assert.True(best <= Seconds(0.1), $"from the deadline to the token's cancellation: {best}");
    }

    private static Task<long> CancelledAtAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(() => cancelled.TrySetResult(Now()));
        return cancelled.Task.WaitAsync(Cancel);
    }
}
