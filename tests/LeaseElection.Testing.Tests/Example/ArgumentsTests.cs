using FailoverDemo;

namespace LeaseElection.Testing.Tests.Example;

public sealed class ArgumentsTests
{
    [Fact]
    public void Parse_Nothing_TheDefaults()
    {
        var arguments = Arguments.Parse([]);

        Assert.Equal((3, 10, null, false, false), (arguments.Replicas, arguments.Every, arguments.For, arguments.Json, arguments.Help));
        Assert.Empty(arguments.ForHost);
    }

    [Fact]
    public void Parse_OptionsOfTheDemo_AreReadAndKeptFromTheHost()
    {
        var arguments = Arguments.Parse(["--replicas", "5", "--every=0", "--for", "60", "--LeaderElection:Namespace", "y", "--tick", "30", "--LeaderElection:LeaseName=x"]);

        Assert.Equal((5, 0, 60), (arguments.Replicas, arguments.Every, arguments.For));
        Assert.Equal(["--tick=30", "--LeaderElection:Namespace=y", "--LeaderElection:LeaseName=x"], arguments.ForHost);
    }

    [Fact]
    public void Parse_FlagBeforeAnOption_DoesNotSwallowIt()
    {
        var arguments = Arguments.Parse(["--json", "--replicas", "2"]);

        Assert.Equal((true, 2), (arguments.Json, arguments.Replicas));
        Assert.Empty(arguments.ForHost);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--replicas", "0", "--help")]
    public void Parse_Help_IsAskedFor(params string[] args) => Assert.True(Arguments.Parse(args).Help);

    [Theory]
    [InlineData("--replicas is '0': it must be a whole number from 1 to 9, for example --replicas 3", "--replicas", "0")]
    [InlineData("--replicas is '10': it must be a whole number from 1 to 9, for example --replicas 3", "--replicas=10")]
    [InlineData("--every is '-1': it must be a whole number from 0 to 3600, for example --every 10; 0 is never", "--every", "-1")]
    [InlineData("--every is '2.5': it must be a whole number from 0 to 3600, for example --every 10; 0 is never", "--every", "2.5")]
    [InlineData(
        "--for is 'soon': it must be a whole number from 1 to 86400, for example --for 60; without it the demo runs until Ctrl+C", "--for",
        "soon")]
    [InlineData("'maybe' is no option: an option begins with --", "--json=maybe")]
    [InlineData("Required argument missing for option: '--replicas'. See --help", "--replicas")]
    [InlineData("--replicas is '--json': it must be a whole number from 1 to 9, for example --replicas 3", "--replicas", "--json")]
    [InlineData("Option '--every' expects a single argument but 2 were provided. See --help", "--every", "1", "--every", "2")]
    [InlineData(
        "--LeaderElection:LeaseName has no value: give one, as in --LeaderElection:LeaseName VALUE. See --help",
        "--LeaderElection:LeaseName", "--LeaderElection:Namespace=x")]
    [InlineData("'3' is no option: an option begins with --. See --help", "3")]
    [InlineData(
        "--replcas is no option: see --help, or write a setting in full, as in --LeaderElection:LeaseDuration 00:00:05", "--replcas", "3")]
    public void Parse_Mistake_SaysValueRuleAndFix(string said, params string[] args) =>
        Assert.StartsWith(said, Assert.Throws<FormatException>(() => Arguments.Parse(args)).Message, StringComparison.Ordinal);
}
