using LeaseElection.Election.Inputs;
using LeaseElection.Leases;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Election;

/// <summary>Slow is not dead: what is done while a write has no answer. At the defaults: a renewal each 3 s, RequestTimeout 2 s.</summary>
public sealed class DoubtTests
{
    private readonly World _world = new();

    [Fact]
    public void Renewal_WithoutAnAnswer_IsDoubtedAfterHalfOfItsTime()
    {
        var a = Renewing();
        _world.Advance(0.999);
        Assert.Equal(0, a.Probes);
        _world.Advance(0.001);
        Assert.Equal(2, a.Probes);
        _world.Advance(5);
        Assert.Equal(2, a.Probes - (2 * (a.Writes.Count - 2)));
    }

    [Fact, Scenario(34)]
    public void Renewal_OnlyAnotherConnectionAnswers_GoesOutOnThatAfterRequestTimeout()
    {
        var a = Renewing();
        a.OwnConnectionWorks = false;
        _world.Advance(1.999);
        Assert.Equal(2, a.Writes.Count);
        a.HoldWrites = false;
        _world.Advance(0.001);

        Assert.Equal(3, a.Writes.Count);
        Assert.True(a.LastWrite.OnAnother);
        Assert.Equal((a.Writes[1].Write.Uid, a.Writes[1].Write.Version), (a.LastWrite.Uid, a.LastWrite.Version));
        _world.Advance(9);
        Assert.True(a.IsLeader);
    }

    [Fact]
    public void Renewal_ItsOwnConnectionAnswersToo_IsWaitedForUntilTwoTriesAreLeft()
    {
        var a = Renewing();
        _world.Advance(2.999); // The deadline is at 10 s, and two tries are 4 s.
        Assert.Equal(2, a.Writes.Count);
        _world.Advance(0.001);
        Assert.Equal(3, a.Writes.Count);
        Assert.False(a.LastWrite.OnAnother);
        _world.Advance(3.9);
        Assert.Equal(3, a.Writes.Count); // Never a third beside two.
        Assert.True(a.IsLeader);
    }

    [Fact]
    public void Renewal_AnsweredAfterThreeSeconds_ExtendsTheTermFromItsOwnSend()
    {
        var a = Renewing();
        _world.Advance(2.9);
        a.HoldWrites = false;
        var until = a.State.Writes.Open!.Value.ValidUntil;
        a.ReleaseHeldWrite();
        _world.Settle();

        Assert.Equal(until, a.ValidUntil);
    }

    [Fact]
    public void Acquire_AnsweredAfterThreeSeconds_BeginsATerm()
    {
        var a = _world.Add("a");
        a.HoldWrites = true;
        a.Start();
        _world.Advance(3);
        a.ReleaseHeldWrite();
        _world.Settle();

        Assert.True(a.IsLeader);
        Assert.Single(a.Writes, w => w.Write.IsCreate);
    }

    [Fact]
    public void Acquire_LostOnADeadConnection_GoesOutOnAnother()
    {
        var a = _world.Add("a");
        a.HoldWrites = true;
        a.OwnConnectionWorks = false;
        a.Start();
        _world.Advance(1.9);
        a.HoldWrites = false;
        _world.Advance(0.2);

        Assert.True(a.IsLeader);
        Assert.True(a.LastWrite.OnAnother);
    }

    [Fact]
    public void SecondWrite_BothCommitInTurn_TheSecondConflicts()
    {
        var a = Renewing();
        a.OwnConnectionWorks = false;
        _world.Advance(2.5);
        Assert.Equal(3, a.Writes.Count);
        var second = a.Writes[2].Write;
        a.ReleaseHeldWrite(); // The first commits after all.
        _world.Settle();

        Assert.IsType<WriteOutcome.Conflict>(_world.Server.Apply(99, second).Outcome);
        Assert.True(a.IsLeader);
    }

    [Fact]
    public void Stop_RenewalWithoutAnAnswer_IsReleasedBesideItAfterHalfOfTheFarewell()
    {
        var a = Renewing();
        a.Stop();
        _world.Advance(2.999); // The farewell takes two tries and RetryPeriod, 6 s.
        Assert.DoesNotContain(a.Writes, w => !w.Write.Spec.HasHolder);
        a.HoldWrites = false;
        _world.Advance(0.1);

        Assert.True(a.Finished);
        Assert.False(_world.Server.Lease!.Value.Spec.HasHolder);
    }

    // Seed 7233: what it showed was dropped, and a holder whose Lease was deleted next was not waited for.
    [Fact]
    public void Probe_OfAnEarlierWriteEndsLate_ShowsTheHolderAllTheSame()
    {
        var a = _world.Add("a");
        a.HoldWrites = true;
        a.Watches = a.OwnConnectionWorks = a.OtherConnectionsWork = false;
        a.Start();
        _world.Settle();
        var first = a.Writes[0].Number;
        _world.Advance(7.5); // The second write is doubted, too.
        Assert.Equal(4, a.Probes);
        var held = new LeaseSnapshot { Uid = "u", Version = 5000, Spec = new() { HolderIdentity = "b", LeaseDurationSeconds = 15 } };
        _world.Post(a, new ElectionInput.ProbeEnded(first, OnAnother: false, new ReadOutcome.Found(held)));
        _world.Settle();

        Assert.Equal("b", a.Leaders[^1]);
    }

    private Candidate Renewing()
    {
        var a = _world.Started("a");
        a.HoldWrites = true;
        _world.Advance(3);
        Assert.Equal(2, a.Writes.Count);
        return a;
    }
}
