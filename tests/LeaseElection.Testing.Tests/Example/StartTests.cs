using SingletonWorker;

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
    public void Read_NoCluster_RunsTheDemoAndSaysSo()
    {
        var start = Read(cluster: null, "--replicas", "2");

        Assert.Equal((null, null, 2), (start.ExitCode, start.Cluster, start.Arguments.Replicas));
        Assert.Contains("No cluster configured: API server and 2 replicas in this process.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Cluster_IsOneReplicaAndSaysOfWhichCluster()
    {
        var start = Read(cluster: "that of KUBECONFIG (k)");

        Assert.Null(start.ExitCode);
        Assert.Contains("One replica, on a cluster: that of KUBECONFIG (k)", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Json_LeavesStandardOutputAlone()
    {
        Read(cluster: null, "--json");

        Assert.Empty(_output.ToString());
        Assert.Contains("No cluster configured", _errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--replicas")]
    [InlineData("--every")]
    [InlineData("--for")]
    public void Read_OptionOfTheDemoWithACluster_IsRefusedAndSaysWhy(string option)
    {
        var start = Read(cluster: "that of KUBECONFIG (k)", option, "3");

        Assert.Equal(1, start.ExitCode);
        Assert.Empty(_output.ToString());
        var line = Assert.Single(_errors.ToString().TrimEnd().Split('\n'));
        Assert.StartsWith($"SingletonWorker: {option} is for the demo without a cluster, but there is one: that of KUBECONFIG (k).", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Mistake_IsOneLineAndExitCode1()
    {
        var start = Read(cluster: null, "--replicas", "0");

        Assert.Equal(1, start.ExitCode);
        Assert.Empty(_output.ToString());
        Assert.Single(_errors.ToString().TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData("--replicas")]
    [InlineData("--every")]
    [InlineData("--for")]
    [InlineData("--json")]
    [InlineData("--tick")]
    [InlineData("--help")]
    public void Read_Help_NamesEveryOption(string option)
    {
        var start = Read(cluster: "any", "--help");

        Assert.Equal(0, start.ExitCode);
        Assert.Contains($"  {option} ", _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_errors.ToString());
    }

    private Start Read(string? cluster, params string[] args) => Start.Read(args, cluster, _output, _errors);
}
