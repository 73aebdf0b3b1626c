using LeaseElection.Simulation.Shell.Running;

namespace LeaseElection.Simulation.Tests.Shell;

public sealed class ShellOptionsTests
{
    [Fact]
    public void Parse_All_ReadsEachOption()
    {
        var options = ShellOptions.Parse(["--seeds", "5", "--from", "7", "--jobs", "3", "--most", "0", "--again", "1", "--mutant", "x"]);

        Assert.Equal((5, 7UL, 3, 0, 1, "x"), (options.Seeds, options.From, options.Jobs, options.Most, options.Again, options.Mutant));
    }

    [Theory]
    [InlineData("--seeds", "0")]
    [InlineData("--jobs", "two")]
    [InlineData("--minutes", "5")]
    [InlineData("--replay")]
    public void Parse_AMistake_SaysWhat(params string[] args) =>
        Assert.Contains(args[0], Assert.Throws<FormatException>(() => ShellOptions.Parse(args)).Message, StringComparison.Ordinal);
}
