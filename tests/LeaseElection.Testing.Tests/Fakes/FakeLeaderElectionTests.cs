namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>What the fake has beyond the contract: the hand that moves it.</summary>
public sealed class FakeLeaderElectionTests : IDisposable
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(10);

    private readonly FakeLeaderElection _election = new("reports", "a");

    public static TheoryData<TermEndReason> Reasons => [.. Enum.GetValues<TermEndReason>()];

    public void Dispose() => _election.Dispose();

    [Fact]
    public void Revoke_AfterADeadlineThatNobodySaw_TheDeadlineWasFirst()
    {
        // Clocks whose timers are late.
        var time = new ManualTimeProvider();
        using var election = new FakeLeaderElection();
        var term = election.Grant(TimeSpan.FromSeconds(10), new LateTimers(time));
        time.Advance(TimeSpan.FromSeconds(11));
        election.Revoke(TermEndReason.SteppedDown);

        Assert.Equal(TermEndReason.DeadlinePassed, term.EndReason);
    }

    [Fact]
    public void Constructor_TakesNameAndIdentity_OrMakesAFreshOne()
    {
        using var fresh = new FakeLeaderElection();

        Assert.Equal(("reports", "a"), (_election.Name, _election.Identity));
        Assert.NotEqual(new FakeLeaderElection().Identity, fresh.Identity);
        Assert.Throws<ArgumentException>(() => new FakeLeaderElection(" "));
        Assert.Throws<ArgumentException>(() => new FakeLeaderElection("reports", ""));
    }

    [Fact]
    public void Grant_WhileLeading_IsRefused()
    {
        var term = _election.Grant();

        Assert.Throws<InvalidOperationException>(() => _election.Grant());
        Assert.Throws<InvalidOperationException>(() => _election.Grant(Validity, TimeProvider.System));
        Assert.Same(term, _election.Term);
    }

    [Fact]
    public void Grant_WhileAnotherLeads_TakesOver()
    {
        _election.HandTo("b");
        _election.Grant();

        Assert.Equal("a", _election.LeaderIdentity);
    }

    [Fact]
    public void Grant_Twice_OnTwoElections_TokensRiseInTheOrderOfTheGrants()
    {
        using var other = new FakeLeaderElection("reports", "b");
        long[] tokens = [_election.Grant().FencingToken, other.Grant().FencingToken];
        _election.Revoke();
        tokens = [.. tokens, _election.Grant().FencingToken];

        Assert.Equal(tokens.Order().Distinct(), tokens);
    }

    [Theory, MemberData(nameof(Reasons))]
    public void Revoke_EndsTheTermForThatReason(TermEndReason reason)
    {
        var term = _election.Grant();
        _election.Revoke(reason);

        Assert.Equal(reason, term.EndReason);
        Assert.Equal(reason == TermEndReason.Superseded ? "another-replica" : null, _election.LeaderIdentity);
    }

    [Fact]
    public void Revoke_WithoutAReason_IsALoss()
    {
        var term = _election.Grant();
        _election.Revoke();

        Assert.Equal(TermEndReason.DeadlinePassed, term.EndReason);
        Assert.Throws<ArgumentOutOfRangeException>(() => _election.Revoke((TermEndReason)99));
    }

    [Fact]
    public void Revoke_WhileAnotherLeads_NobodyLeads()
    {
        _election.HandTo("b");
        _election.Revoke();

        Assert.Null(_election.LeaderIdentity);
    }

    [Theory, InlineData(""), InlineData("a")]
    public void HandTo_NobodyOrOurselves_IsRefused(string leader) => Assert.Throws<ArgumentException>(() => _election.HandTo(leader));

    [Fact]
    public void Grant_WhilePaused_IsRefusedWithTheFix()
    {
        _election.Pause();

        Assert.Contains(
            "Call Resume first", Assert.Throws<InvalidOperationException>(() => _election.Grant()).Message, StringComparison.Ordinal);
        _election.Resume();
        Assert.True(_election.Grant().IsActive);
    }

    [Fact]
    public void StepDown_IsCountedAlsoWhereItEndsNothing()
    {
        _election.StepDown();
        var term = _election.Grant();
        _election.StepDown();
        _election.StepDown();

        Assert.Equal(3, _election.StepDowns);
        Assert.Equal(TermEndReason.SteppedDown, term.EndReason);
    }

    [Fact]
    public void Grant_WithValidity_CountsDown()
    {
        var time = new ManualTimeProvider();
        var term = _election.Grant(Validity, time);
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(TimeSpan.FromSeconds(1), term.Remaining);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TermEndReason.DeadlinePassed, term.EndReason);
    }

    [Fact]
    public void Grant_WithValidity_EndsOnTimeThoughNobodyAsks()
    {
        var time = new ManualTimeProvider();
        var term = _election.Grant(TimeSpan.FromMilliseconds(1_234), time);
        time.Advance(TimeSpan.FromMilliseconds(1_234));

        Assert.True(term.EndedToken.IsCancellationRequested);
    }

    [Fact]
    public void Grant_WithoutValidity_StaysAsIfRenewedAllTheTime() => Assert.Equal(Validity, _election.Grant().Remaining);

    [Fact, Scenario(51)]
    public void Grant_WithValidity_SuspendEndsTheTermThoughNobodyAsks()
    {
        var time = new ManualTimeProvider();
        var term = _election.Grant(Validity, time);
        time.Suspend(TimeSpan.FromSeconds(20));
        time.Advance(TimeSpan.FromMilliseconds(250));

        Assert.True(term.EndedToken.IsCancellationRequested);
    }

    [Fact]
    public void Grant_Revoked_LeavesNoTimerBehind()
    {
        var time = new ManualTimeProvider();
        _election.Grant(Validity, time);
        _election.Revoke();

        Assert.Equal(0, time.ArmedTimers);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(86_400)]
    public void Grant_ValidityOutOfRange_IsRefused(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _election.Grant(TimeSpan.FromSeconds(seconds), TimeProvider.System));

    [Fact]
    public void Disposed_CannotBeMoved()
    {
        _election.Dispose();
        _election.Dispose();

        Assert.Throws<ObjectDisposedException>(() => _election.Grant());
        Assert.Throws<ObjectDisposedException>(() => _election.HandTo("b"));
        Assert.Throws<ObjectDisposedException>(() => _election.Revoke());
    }

    private sealed class LateTimers(TimeProvider inner) : TimeProvider
    {
        public override long TimestampFrequency => inner.TimestampFrequency;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            inner.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
