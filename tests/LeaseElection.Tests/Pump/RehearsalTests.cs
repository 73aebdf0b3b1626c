using LeaseElection.Pump;

namespace LeaseElection.Tests.Pump;

public sealed class RehearsalTests
{
    [Fact]
    public async Task Rehearsal_IsOneTermFromTakeoverToRelease()
    {
        LeadershipTerm? held = null;
        var terms = await Rehearsal.RunAsync(
            async (term, ended) =>
            {
                held = term;
                Assert.True(term.IsActive);
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            },
            TestContext.Current.CancellationToken);

        Assert.Equal(1, terms);
        Assert.Equal(TermEndReason.Stopped, held!.EndReason);
    }

    [Fact]
    public async Task Work_ThatFails_EndsItWithoutATrace()
    {
        var failing = Rehearsal.RunAsync(static (_, _) => throw new InvalidOperationException("the scope cannot be made"), TestContext.Current.CancellationToken);

        Assert.Equal(1, await failing);
    }
}
