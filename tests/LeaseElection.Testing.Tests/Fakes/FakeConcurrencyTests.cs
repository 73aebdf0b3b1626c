namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>Many threads move one fake and many watch it: all see one history, and it is one that a real election can have.</summary>
public sealed class FakeConcurrencyTests
{
    private const int Moves = 5_000;

    [Theory, InlineData(1), InlineData(2)]
    public async Task Watchers_SeeOneHistoryInWhichTermsFollowEachOther(int seed)
    {
        using var election = new FakeLeaderElection();
        var time = new ManualTimeProvider();
        ChangeLog[] watchers = [.. Enumerable.Range(0, 3).Select(_ => new ChangeLog(election))];
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() => Move(election, time, new Random((seed * 10) + n)))));
        election.Dispose();
        await Task.WhenAll(watchers.Select(w => w.Ended));

        var history = watchers[0].Changes;
        Assert.True(history.Count > 100);
        Assert.All(watchers, w => Assert.Equal(history, w.Changes));
        Assert.All(history.Zip(history.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
        Assert.All(history.Zip(history.Skip(1)), pair => Assert.False(pair is { First.IsLeader: true, Second.IsLeader: true }));
        var terms = history.Select(c => c.Term).OfType<LeadershipTerm>().ToList();
        Assert.Equal(terms.OrderBy(t => t.FencingToken).Distinct(), terms);
        Assert.All(terms, t => Assert.False(t.IsActive));
        Assert.All(
            history.Zip(history.Skip(1)).Where(p => p.First.Term is not null),
            pair => Assert.Equal(pair.First.Term!.EndReason, pair.Second.EndReason));
    }

    private static void Move(FakeLeaderElection election, ManualTimeProvider time, Random random)
    {
        for (var i = 0; i < Moves; i++)
        {
            switch (random.Next(7))
            {
                case 0:
                    Grant(() => election.Grant());
                    break;
                case 1:
                    Grant(() => election.Grant(TimeSpan.FromSeconds(1), time));
                    break;
                case 2:
                    election.Revoke((TermEndReason)random.Next(8));
                    break;
                case 3:
                    election.HandTo(random.Next(2) == 0 ? "b" : "c");
                    break;
                case 4:
                    election.StepDown();
                    break;
                case 5:
                    time.Advance(TimeSpan.FromMilliseconds(random.Next(600)));
                    break;
                default:
                    _ = election.IsLeader ? election.Term?.Remaining : null;
                    break;
            }
        }
    }

    private static void Grant(Action grant)
    {
        try
        {
            grant();
        }
        catch (InvalidOperationException)
        {
            // It leads already.
        }
    }
}
