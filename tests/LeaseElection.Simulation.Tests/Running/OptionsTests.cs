using LeaseElection.Simulation.Running;

namespace LeaseElection.Simulation.Tests.Running;

public sealed class OptionsTests
{
    [Fact]
    public void Parse_All_AreRead()
    {
        var options = Options.Parse(["--replay", "18446744073709551615", "--minutes", "2.5", "--faults", "3,1", "--svg", "a.svg"]);

        Assert.Equal((ulong.MaxValue, TimeSpan.FromSeconds(150), "a.svg"), (options.Replay!.Value, options.Length, options.Svg));
        Assert.Equal([3, 1], options.Faults!);
    }

    [Theory]
    [InlineData("--seeds is '0'", "--seeds", "0")]
    [InlineData("--seeds is 'many'", "--seeds", "many")]
    [InlineData("--from is '-1'", "--from", "-1")]
    [InlineData("--faults is 'x'", "--replay", "1", "--faults", "2,x")]
    [InlineData("'--sedes'. See --help", "--sedes", "5")]
    [InlineData("missing for option: '--seeds'. See --help", "--seeds")]
    [InlineData("go with --replay", "--svg", "a")]
    public void Parse_AMistake_SaysWhichAndWhatToDo(string message, params string[] args) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Options.Parse(args)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_Help_WhereverItStands() => Assert.True(Options.Parse(["--seeds", "5", "--help"]).Help);
}
