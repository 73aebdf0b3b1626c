using FailoverDemo;

namespace LeaseElection.Testing.Tests.Example;

public sealed class StartTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public void Read_Replicas_RunsTheDemoAndSaysSo()
    {
        var start = Read("--replicas", "2");

        Assert.Equal((null, 2), (start.ExitCode, start.Arguments.Replicas));
        Assert.Contains("An API server and 2 replicas in this process; no cluster is used.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Json_LeavesStandardOutputAlone()
    {
        Read("--json");

        Assert.Empty(_output.ToString());
        Assert.Contains("no cluster is used", _errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Mistake_IsOneLineAndExitCode1()
    {
        var start = Read("--replicas", "0", "--every", "x", "--json=maybe");

        Assert.Equal(1, start.ExitCode);
        Assert.Empty(_output.ToString());
        Assert.StartsWith(
            "FailoverDemo: --replicas is '0'", Assert.Single(_errors.ToString().TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--replicas")]
    [InlineData("--every")]
    [InlineData("--for")]
    [InlineData("--json")]
    [InlineData("--tick")]
    [InlineData("--help")]
    [InlineData("--LeaderElection:LeaseDuration")]
    public void Read_Help_NamesEveryOption(string option)
    {
        var start = Read("--help");

        Assert.Equal(0, start.ExitCode);
        Assert.Contains($" {option} ", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_errors.ToString());
    }

    private Start Read(params string[] args) => Start.Read(args, _output, _errors);
}
