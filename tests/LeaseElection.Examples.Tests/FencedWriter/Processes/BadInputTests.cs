using System.Globalization;
using k8s;

namespace LeaseElection.Examples.Tests.FencedWriter.Processes;

/// <summary>What an operator gets wrong, and what he is told: one line with the fix, and exit code 1. Needs no server.</summary>
[Collection(nameof(RunsAlone))]
public sealed class BadInputTests : IDisposable
{
    private const string Setting = "ConnectionStrings__Journal";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public Task Start_WithoutAConnectionString_SaysHowToSetIt(string? empty) => AssertRefusedAsync(
        empty is null ? [] : new() { [Setting] = empty },
        [],
        $"FencedWriter: no database: {Setting} is not set. Set it, for example {Setting}='Host=");

    [Theory]
    [InlineData("Host=127.0.0.1;Pasword=secret")]
    [InlineData("secret")]
    [InlineData("Port=secret")]
    [InlineData("Password=secret")]
    public async Task Start_ConnectionStringIsNone_SaysHowOneLooksAndKeepsThePassword(string text)
    {
        var said = await AssertRefusedAsync(
            new() { [Setting] = text }, [], $"FencedWriter: {Setting} is no connection string: ", "It looks like ");

        Assert.DoesNotContain("secret", said, StringComparison.Ordinal);
    }

    [Fact]
    public Task Start_NobodyListens_SaysWhereItLooked()
    {
        var port = LoopbackPorts.Free(1)[0].ToString(CultureInfo.InvariantCulture);
        return AssertRefusedAsync(
            new() { [Setting] = $"Host=127.0.0.1;Port={port};Username=writer" },
            [],
            "FencedWriter: cannot set up the tables: ",
            $"127.0.0.1:{port}",
            $"Is PostgreSQL (14 or later) there, and {Setting} right?");
    }

    [Theory]
    [InlineData("--evry=5", "--evry is no option")]
    [InlineData("--every=0", "--every must be 1 to 60000 milliseconds")]
    public Task Start_OptionIsNone_SaysWhich(string option, string said) =>
        AssertRefusedAsync(new() { [Setting] = "Host=127.0.0.1;Port=1" }, [option], said);

    [Fact]
    public async Task Help_Asked_IsGivenAndNothingElse()
    {
        await using var writer = await WriterProgram.StartAsync("writer", new Dictionary<string, string>(), "--help");

        Assert.Equal(0, await writer.ExitAsync(WriterProgram.Patience, Cancellation));
        Assert.Contains(writer.Output, line => line.StartsWith("Usage:", StringComparison.Ordinal));
        Assert.Empty(writer.Errors);
    }

    // With a cluster in the settings, though nobody listens there: what is wrong is something else.
    private async Task<string> AssertRefusedAsync(Dictionary<string, string> environment, string[] arguments, params string[] said)
    {
        environment["KUBECONFIG"] = Path.Combine(_folder.FullName, "kubeconfig");
        await Kubeconfig.WriteAsync(
            environment["KUBECONFIG"], new KubernetesClientConfiguration { Host = "https://127.0.0.1:1", AccessToken = "none" }, "default",
            Cancellation);
        await using var writer = await WriterProgram.StartAsync("writer", environment, arguments);

        Assert.Equal(1, await writer.ExitAsync(WriterProgram.Patience, Cancellation));
        Assert.All(said, text => Assert.Contains(text, writer.Errors, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', writer.Errors);
        return writer.Errors;
    }
}
