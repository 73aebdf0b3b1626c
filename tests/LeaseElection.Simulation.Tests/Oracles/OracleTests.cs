using LeaseElection.Simulation.Oracles;

namespace LeaseElection.Simulation.Tests.Oracles;

/// <summary>The judge is judged by made-up reports.</summary>
public sealed class OracleTests
{
    private readonly Oracle _oracle = new(() => TimeSpan.FromSeconds(7));
    private readonly Witness _a = new("a");
    private readonly Witness _b = new("b");

    [Fact]
    public void TwoLeaders_IsFound()
    {
        Begin(_a, 10);
        Begin(_b, 20);
        _oracle.Ask();

        Assert.Equal((OracleKind.TwoLeaders, TimeSpan.FromSeconds(7)), (_oracle.Violation!.Oracle, _oracle.Violation.At));
    }

    [Fact]
    public void OneThatSaysNo_OrCannotAnswer_IsNoLeader()
    {
        Begin(_a, 10);
        Begin(_b, 20);
        _a.IsLeader = false;
        _oracle.Ask();
        (_a.IsLeader, _a.CanAnswer) = (true, false);
        _a.TermMark = "another term";
        _oracle.Ask();

        Assert.Null(_oracle.Violation);
    }

    [Fact]
    public void NoAndYesAgain_IsFound()
    {
        Begin(_a, 10);
        _a.IsLeader = false;
        _oracle.Ask();
        _a.IsLeader = true;
        _oracle.Ask();

        Assert.Equal(OracleKind.Revived, _oracle.Violation!.Oracle);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(9)]
    public void Token_ThatDoesNotRise_IsFound(long token)
    {
        Begin(_a, 10);
        _oracle.TermEnded(_a);
        Begin(_b, token);

        Assert.Equal(OracleKind.Token, _oracle.Violation!.Oracle);
    }

    [Fact]
    public void Token_OfALeaderThatIsRefused_IsFound()
    {
        Begin(_a, 10);
        _oracle.Refused(_a, token: 10, largest: 11);

        Assert.Equal(OracleKind.Token, _oracle.Violation!.Oracle);
    }

    [Fact]
    public void Restored_TokensBeginAgain()
    {
        Begin(_a, 10);
        _oracle.TermEnded(_a);
        _oracle.Restored();
        Begin(_b, 5);
        _oracle.Refused(_b, token: 5, largest: 10);
        Assert.Null(_oracle.Violation);

        _oracle.TermEnded(_b);
        Begin(_a, 5);
        Assert.Equal(OracleKind.Token, _oracle.Violation!.Oracle);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(1.9, true)]
    [InlineData(2.1, false)]
    public void TwoWorks_UnlessTheOlderOverran_IsFound(double sinceLoss, bool found)
    {
        _a.Works = true;
        _a.SinceLoss = TimeSpan.FromSeconds(sinceLoss);
        _oracle.WorkBegan(_b, [_a, _b]);

        Assert.Equal(found, _oracle.Violation?.Oracle == OracleKind.TwoWorks);
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(true, false, false)]
    [InlineData(true, true, true)]
    public void Deleted_OnlyANewcomerThatNeverSawTheTerm_IsLetPass(bool deleted, bool seen, bool found)
    {
        Begin(_a, 10);
        if (deleted)
            _oracle.LeaseDeleted("uid", "a");
        if (seen)
            _b.Seen.Add("a");
        _b.TermUid = "another uid";
        Begin(_b, 20);
        _oracle.Ask();

        Assert.Equal(found, _oracle.Violation is not null);
        Assert.Equal(found ? 0 : 1, _oracle.Exempted);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Deleted_TheNewcomerLeadsForTheSecondTime_ItsFirstTermDecides(bool seenBefore, bool found)
    {
        _a.TermUid = "deleted";
        _oracle.LeaseDeleted("deleted", "a");
        if (seenBefore)
            _b.Seen.Add("a");
        Begin(_b, 20);
        _b.Seen.Add("a");
        Begin(_b, 30);
        Begin(_a, 10); // It learns only now that its create had succeeded.

        Assert.Equal(found, _oracle.Violation is not null);
    }

    [Fact]
    public void Peer_ThatTookTheLeaseFromUnderOne_IsCountedNotBlamedOnUs()
    {
        Begin(_a, 10);
        _oracle.PeerWrote("a");
        Begin(_b, 20);
        _oracle.Ask();

        Assert.Equal((null, 1), (_oracle.Violation, _oracle.ByPeers));
    }

    private void Begin(Witness who, long token)
    {
        who.IsLeader = true;
        _oracle.TermBegan(who, token);
    }
}
