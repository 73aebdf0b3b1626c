using LeaseElection.Chaos.Options;

namespace LeaseElection.Chaos.Tests.Options;

public sealed class ChaosOptionsTests
{
    [Fact]
    public void Parse_Nothing_IsNinetySecondsOfOurs()
    {
        var options = ChaosOptions.Parse([]);

        Assert.Equal((TimeSpan.FromSeconds(90), 1UL, TimeSpan.FromSeconds(4)), (options.Length, options.Seed, options.Lease));
        Assert.Equal([Peer.Ours], options.Peers);
    }

    [Fact]
    public void Parse_All_IsRead()
    {
        var options = ChaosOptions.Parse(["--minutes", "10.5", "--seed", "7", "--peer", "client-go", "--lease", "5", "--out", "there"]);

        Assert.Equal(
            (TimeSpan.FromMinutes(10.5), 7UL, TimeSpan.FromSeconds(5), "there"),
            (options.Length, options.Seed, options.Lease, options.Out));
        Assert.Equal([Peer.ClientGo], options.Peers);
    }

    [Theory]
    [InlineData("Unrecognized command or argument '--frobnicate'. See --help", "--frobnicate")]
    [InlineData("Required argument missing for option: '--seed'. See --help", "--seed")]
    [InlineData("--seed is '-1': it must be a whole number", "--seed", "-1")]
    [InlineData("--minutes is '0': it must be a number from 0.5 to 1440", "--minutes", "0")]
    [InlineData("--minutes is 'NaN': it must be a number", "--minutes", "NaN")]
    [InlineData("--lease is '3.5': it must be a whole number of seconds", "--lease", "3.5")]
    [InlineData("--lease is '2': it must be a number from 3 to 60", "--lease", "2")]
    [InlineData("--hand-overs is '0': it must be a number from 1 to 10000", "--hand-overs", "0")]
    [InlineData("--hand-overs is '2.5': it must be a whole number", "--hand-overs", "2.5")]
    [InlineData("--hand-overs goes without --minutes and --peer", "--hand-overs", "5", "--minutes", "2")]
    [InlineData("--hand-overs goes without --minutes and --peer", "--peer", "ours", "--hand-overs", "5")]
    [InlineData("--peer is 'etcd': it must be ours, client-go, kubernetesclient or all", "--peer", "etcd")]
    [InlineData("--out is empty", "--out", "")]
    public void Parse_Mistake_SaysWhatIsRight(string message, params string[] args) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => ChaosOptions.Parse(args)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_HandOvers_IsRead() => Assert.Equal(200, ChaosOptions.Parse(["--hand-overs", "200"]).HandOvers);

    [Fact]
    public void Parse_Help_IsHelpWhateverElse() => Assert.True(ChaosOptions.Parse(["--seed", "1", "--help"]).Help);
}
