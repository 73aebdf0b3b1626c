using FailoverDemo.Story;
using static LeaseElection.Testing.Tests.Example.StoryScript;

namespace LeaseElection.Testing.Tests.Example;

public sealed class ClusterStoryTests
{
    [Fact]
    public void Scene_BeforeAnyLeader_NobodyLeadsSinceTheBegin()
    {
        var scene = new StoryScript().Add(new Started(At(0.5), "replica-1")).Scene(0.8);

        Assert.Null(scene.Leader);
        Assert.Equal((TimeSpan.Zero, null, 0), (scene.LeaderlessSince, scene.LeaseExpires, scene.Terms));
        Assert.Equal([ReplicaState.Standby, ReplicaState.Stopped, ReplicaState.Stopped], scene.Replicas.Select(r => r.State));
    }

    [Fact]
    public void Scene_ALeader_WhoSinceWhenAndWithWhichToken()
    {
        var script = Running().Add(new Worked(At(1.1), "replica-1")).Add(new Worked(At(1.2), "replica-1"));

        var leader = script.Scene(3).Leader;

        Assert.NotNull(leader);
        Assert.Equal(
            ("replica-1", 1, 10, At(1.0), 2, false),
            (leader.Replica, leader.Term, leader.FencingToken, leader.Since, leader.Worked, leader.IsFrozen));
    }

    [Fact]
    public void Scene_AfterARenewal_CountsDownFromWhenItWasSent()
    {
        var leader = Running().Renews(1, 2.0).Renews(1, 3.0).Scene(3.4).Leader!;

        Assert.Equal(At(0.6), leader.NextRenewal);
        Assert.Equal(StoryScript.Timings.RenewDeadline - At(0.4), leader.Remaining);
    }

    [Fact]
    public void Renewed_ToldAgainWithTheErrorOfTwoClocks_IsTheSameRenewal() =>
        Assert.Equal(At(0.6), Running().Renews(1, 3.0).Renews(1, 3.03).Renews(1, 2.98).Scene(3.4).Leader!.NextRenewal);

    [Fact]
    public void Renewed_BySomebodyWhoDoesNotLead_ChangesNothing() =>
        Assert.Equal(At(0.6), Running().Renews(1, 3.0).Renews(2, 3.3).Scene(3.4).Leader!.NextRenewal);

    [Fact]
    public void Failover_GracefulStop_IsCountedFromTheWorksEnd()
    {
        var scene = Running().StopsGracefully(1, 5.0, 10).Leads(2, 5.07, 20).Scene(6);

        var failover = Assert.Single(scene.Failovers);
        Assert.Equal((Disruption.GracefulStop, "replica-1", "replica-2"), (failover.Kind, failover.From, failover.To));
        Assert.Equal(At(0.06), failover.Took);
        Assert.Equal(("replica-2", 2), (scene.Leader!.Replica, scene.Leader.Term));
        Assert.Contains(
            "replica-2 leads, token 20; failover 60 ms from the old work's end", scene.Happenings[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Failover_Freeze_IsCountedFromTheLastRenewal()
    {
        var scene = Running().Freezes(1, 5.0, 10).Leads(3, 10.1, 20).Scene(11);

        var failover = Assert.Single(scene.Failovers);
        Assert.Equal(Disruption.Freeze, failover.Kind);
        Assert.Equal((At(5.1), At(1.76)), (failover.Took, failover.SinceWorkEnded));
        Assert.EndsWith(
            "failover 5.10 s from the last renewal, 1.76 s from the old work's end", scene.Happenings[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Failover_ForAnotherReason_IsOfNeitherKind()
    {
        var scene = Running().Ends(1, 5, 10, TermEndReason.SteppedDown).Leads(2, 5.1, 20).Scene(6);

        Assert.Equal(Disruption.Other, Assert.Single(scene.Failovers).Kind);
    }

    [Fact]
    public void Scene_FrozenButLeading_SaysBothUntilTheTermEnds()
    {
        var script = Running().Renews(1, 5).Add(new Frozen(At(5.2), "replica-1"));
        Assert.True(script.Scene(6).Leader!.IsFrozen);
        Assert.Equal(ReplicaState.LeadingFrozen, script.Scene(6).Replicas[0].State);

        var scene = script.Ends(1, 8.34, 10, TermEndReason.DeadlinePassed).Scene(9);

        Assert.Null(scene.Leader);
        Assert.Equal((At(8.34), At(10)), (scene.LeaderlessSince, scene.LeaseExpires));
        Assert.Equal(ReplicaState.Frozen, scene.Replicas[0].State);
        Assert.Equal(ReplicaState.Standby, script.Add(new Thawed(At(12), "replica-1")).Scene(13).Replicas[0].State);
    }

    [Fact]
    public void TermBegan_InAnothersTerm_IsCountedAndSaid()
    {
        var scene = Running().Leads(2, 2, 20).Scene(3);

        Assert.Equal(1, scene.Overlaps);
        Assert.Contains(scene.Happenings, h => h.Tone is Tone.Bad && h.Text.StartsWith("TWO LEADERS AT ONCE", StringComparison.Ordinal));
    }

    [Fact]
    public void TermEnded_OfAnEarlierTerm_DoesNotEndTheCurrentOne() =>
        Assert.NotNull(Running().Ends(1, 2, 9, TermEndReason.Stopped).Scene(3).Leader);

    [Fact]
    public void Planned_IsShownUntilItIsDone()
    {
        var script = Running().Add(new Planned(At(1), Disruption.GracefulStop, At(11)));
        Assert.Equal((Disruption.GracefulStop, At(11)), (script.Scene(2).Next!.What, script.Scene(2).Next!.Due));

        Assert.Null(script.StopsGracefully(1, 11, 10).Scene(12).Next);
    }

    [Fact]
    public void Past_AHandOver_OneLeaderInEveryStep()
    {
        var scene = Running().StopsGracefully(1, 5.2, 10).Leads(2, 5.3, 20).Scene(8, steps: 60);

        var leaders = Enumerable.Range(0, 60).Select(i => scene.Replicas.Count(r => r.Past[i] is ReplicaState.Leading)).ToList();
        Assert.All(leaders, count => Assert.InRange(count, 0, 1));
        // From the step in which the first term began to the one of now.
        Assert.Equal(8, leaders.Sum());
    }

    [Fact]
    public void Past_BeforeTheBegin_IsUnknown()
    {
        var past = Running().Scene(2.5, steps: 60).Replicas[0].Past;

        Assert.Equal(Enumerable.Repeat(ReplicaState.Unknown, 57), past.Take(57));
        Assert.Equal([ReplicaState.Standby, ReplicaState.Leading, ReplicaState.Leading], past.Skip(57));
    }

    [Fact]
    public void Past_AMomentLater_IsTheSamePictureOrMovedByOneStep()
    {
        var script = Running().Freezes(1, 5.0, 10).Leads(3, 10.1, 20);

        Assert.Equal(script.Scene(12.1).Replicas[0].Past, script.Scene(12.9).Replicas[0].Past);
        Assert.Equal(script.Scene(12.9).Replicas[0].Past.Skip(1), script.Scene(13.1).Replicas[0].Past.SkipLast(1));
    }

    [Fact]
    public void Story_ThatGoesOnForHours_ForgetsWhatIsOver()
    {
        var script = Running();
        for (var i = 0; i < 1000; i++)
        {
            script.StopsGracefully(1 + (i % 3), 10 + (10 * i), 10 + i).Leads(1 + ((i + 1) % 3), 10.1 + (10 * i), 11 + i)
                .Add(new Started(At(13 + (10 * i)), Name(1 + (i % 3))));
        }

        var scene = script.Scene(10_010);
        Assert.Equal((1001, 100, 100), (scene.Terms, scene.Failovers.Count, scene.Happenings.Count));
        Assert.Equal(ReplicaState.Leading, scene.Replicas[1].State);
        Assert.DoesNotContain(ReplicaState.Unknown, scene.Replicas.SelectMany(r => r.Past));
    }
}
