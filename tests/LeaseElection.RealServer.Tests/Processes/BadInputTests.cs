using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LeaseElection.RealServer.Tests.Processes;

/// <summary>What an operator gets wrong, and what he is told. Needs no server.</summary>
[Collection(nameof(RunsProcesses))]
public sealed class BadInputTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Start_KubeconfigIsMissing_FailsAndNamesIt()
    {
        var path = Path.Combine(_folder.FullName, "missing");

        await AssertRefusedAsync(new() { ["KUBECONFIG"] = path }, path, "does not exist");
    }

    [Fact]
    public async Task Start_KubeconfigIsNoYaml_FailsAndNamesIt()
    {
        var path = await KubeconfigAsync(": not: [yaml");

        await AssertRefusedAsync(new() { ["KUBECONFIG"] = path }, path, "cannot be used");
    }

    [Fact]
    public async Task Start_NoCluster_FailsInOneLineThatSaysWhereItLooked()
    {
        await using var worker = await StartAsync(new() { ["HOME"] = _folder.FullName });

        Assert.Equal(1, await worker.ExitAsync(WorkerGroup.Patience, Cancellation));
        Assert.StartsWith(
            "SingletonWorker: No Kubernetes configuration was found", Assert.Single(worker.Errors.Split('\n')), StringComparison.Ordinal);
        Assert.Empty(worker.Output);
    }

    [Fact]
    public async Task Start_TickOutOfRange_FailsAndSaysTheRule() =>
        await AssertRefusedAsync(
            new() { ["KUBECONFIG"] = await KubeconfigAsync(PointingTo(1)), ["Tick"] = "0" }, "--tick must be 1 to 60000 milliseconds");

    [Fact]
    public async Task Start_RenewDeadlineTooLong_FailsAndSaysSettingValueRuleAndFix()
    {
        var environment = new Dictionary<string, string>
        {
            ["KUBECONFIG"] = await KubeconfigAsync(PointingTo(1)),
            ["LeaderElection__RenewDeadline"] = "00:00:14",
        };

        await AssertRefusedAsync(
            environment,
            "RenewDeadline is 00:00:14",
            "LeaseDuration is 00:00:15",
            "LeaseDuration must be at least 1.25 x RenewDeadline",
            "Set RenewDeadline to 00:00:12 or less");
    }

    [Fact]
    public async Task Start_NobodyListens_StartsAndStopsAtOnceWhenAsked()
    {
        await using var worker = await StartAsync(new() { ["KUBECONFIG"] = await KubeconfigAsync(PointingTo(1)) });
        await StartedAsync(worker);
        await worker.FirstErrorAsync("127.0.0.1:1", WorkerGroup.Patience, Cancellation);

        await AssertStopsPromptlyAsync(worker);
    }

    [Fact]
    public async Task Start_NobodyAnswers_GoesOnTryingAndSaysSoOnce()
    {
        using var hangsUp = new TcpListener(IPAddress.Loopback, 0);
        hangsUp.Start();
        var port = ((IPEndPoint)hangsUp.LocalEndpoint).Port;
        await using var worker = await StartAsync(new() { ["KUBECONFIG"] = await KubeconfigAsync(PointingTo(port)) });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(WorkerGroup.Patience);
        var said = worker.FirstErrorAsync("Trying again", WorkerGroup.Patience, Cancellation);
        // One failed read is several attempts to connect; these are several failed reads, before and after it has been said.
        for (var attempts = 0; attempts < 8 || !said.IsCompleted; attempts++)
            (await hangsUp.AcceptSocketAsync(patience.Token)).Close(timeout: 0);
        for (var attempts = 0; attempts < 8; attempts++)
            (await hangsUp.AcceptSocketAsync(patience.Token)).Close(timeout: 0);
        await said;
        await StartedAsync(worker);

        await AssertStopsPromptlyAsync(worker);
        Assert.Single(worker.Errors.Split('\n'), line => line.Contains("Trying again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_Asked_IsGivenAndNothingElse()
    {
        await using var worker = await WorkerProcess.StartAsync("worker", new Dictionary<string, string>(), "--help");

        Assert.Equal(0, await worker.ExitAsync(WorkerGroup.Patience, Cancellation));
        Assert.Contains(worker.Output, line => line.StartsWith("Usage:", StringComparison.Ordinal));
        Assert.Empty(worker.Errors);
    }

    private static Task<WorkerProcess> StartAsync(Dictionary<string, string> environment) =>
        WorkerProcess.StartAsync("worker", environment, "--json");

    private static Task<WorkerLine> StartedAsync(WorkerProcess worker) =>
        worker.FirstAsync("that it has started", line => line.Event is WorkerEvent.Started, WorkerGroup.Patience, Cancellation);

    private static async Task AssertRefusedAsync(Dictionary<string, string> environment, params string[] said)
    {
        await using var worker = await StartAsync(environment);

        Assert.NotEqual(0, await worker.ExitAsync(WorkerGroup.Patience, Cancellation));
        Assert.All(said, text => Assert.Contains(text, worker.Errors, StringComparison.Ordinal));
        Assert.Empty(worker.Output);
    }

    // 5 s: far below the host's 30 s and the drain's 20 s.
    private static async Task AssertStopsPromptlyAsync(WorkerProcess worker)
    {
        worker.Send(ProcessSignal.Terminate);
        Assert.Equal(0, await worker.ExitAsync(TimeSpan.FromSeconds(5), Cancellation));
        Assert.Equal([WorkerEvent.Started, WorkerEvent.Stopped], worker.History().Lines.Select(line => line.Event));
        Assert.Equal(2, worker.Output.Count);
    }

    private static string PointingTo(int port) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""
        apiVersion: v1
        kind: Config
        clusters: [{name: test, cluster: {server: "https://127.0.0.1:{{{port}}}", insecure-skip-tls-verify: true}}]
        users: [{name: test, user: {token: none}}]
        contexts: [{name: test, context: {cluster: test, user: test, namespace: default}}]
        current-context: test
        """);

    private async Task<string> KubeconfigAsync(string text)
    {
        var path = Path.Combine(_folder.FullName, "kubeconfig");
        await File.WriteAllTextAsync(path, text, Cancellation);
        return path;
    }
}
