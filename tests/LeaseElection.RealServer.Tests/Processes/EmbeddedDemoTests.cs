namespace LeaseElection.RealServer.Tests.Processes;

/// <summary>The demo: several replicas and an API server in one process. Needs no server, and uses none.</summary>
[Collection(nameof(RunsProcesses))]
public sealed class EmbeddedDemoTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Demo_LeaderStoppedAndFrozenByTurns_OthersLeadWithRisingTokensAndNeverTwoAtOnce()
    {
        await using var demo = await StartAsync("--json", "--every", "1");

        var first = await NextTermAsync(demo, after: 0);
        var second = await NextTermAsync(demo, after: first.FencingToken);
        var third = await NextTermAsync(demo, after: second.FencingToken);
        demo.Send(ProcessSignal.Terminate);
        Assert.Equal(0, await demo.ExitAsync(WorkerGroup.Patience, Cancellation));

        Assert.Equal("Stopped", (await WorkerGroup.EndAsync(demo, first.FencingToken)).Reason);
        Assert.Equal("DeadlinePassed", (await WorkerGroup.EndAsync(demo, second.FencingToken)).Reason);
        Assert.Equal("Stopped", (await WorkerGroup.EndAsync(demo, third.FencingToken)).Reason);
        var lines = demo.History().Lines;
        Assert.Equal(demo.Output.Count, lines.Count); // JSON lines and nothing else.
        var oracle = WorkerOracle.Judge(lines.GroupBy(l => l.Identity).Select(l => new WorkerHistory(l.Key, [.. l])));
        oracle.AssertHolds();
        Assert.Empty(oracle.ToldApart);
        // Three, and the one that was stopped a second time; each has left.
        var started = lines.Where(l => l.Event is WorkerEvent.Started).Select(l => l.Identity).ToList();
        Assert.InRange(started.Count, 4, int.MaxValue);
        Assert.Equal(started.Order(), lines.Where(l => l.Event is WorkerEvent.Stopped).Select(l => l.Identity).Order());
    }

    [Fact]
    public async Task Demo_OutputRedirected_PlainLines()
    {
        await using var demo = await StartAsync("--replicas", "2", "--every", "1");

        await demo.FirstOutputAsync("; failover ", WorkerGroup.Patience, Cancellation);
        demo.Send(ProcessSignal.Terminate);
        Assert.Equal(0, await demo.ExitAsync(WorkerGroup.Patience, Cancellation));

        Assert.StartsWith("An API server and 2 replicas in this process; no cluster is used.", demo.Output[0], StringComparison.Ordinal);
        Assert.Contains(demo.Output, line => line.Contains("stopping replica-", StringComparison.Ordinal));
        Assert.Contains("never two leaders at once", demo.Output[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(demo.Output, line => line.Contains('\e', StringComparison.Ordinal));
        Assert.Empty(demo.Errors);
    }

    [Fact]
    public async Task Demo_ItsTimeIsOver_EndsByItself()
    {
        await using var demo = await StartAsync("--for", "1");

        Assert.Equal(0, await demo.ExitAsync(WorkerGroup.Patience, Cancellation));
        Assert.EndsWith("never two leaders at once.", demo.Output[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--replicas is '0'", "--replicas", "0")]
    [InlineData("--tick must be 1 to 60000 milliseconds", "--tick", "0")]
    [InlineData("RenewDeadline is 00:00:14", "--LeaderElection:RenewDeadline", "00:00:14")]
    public async Task Demo_MistakeInTheSettings_IsOneLineAndExitCode1(string said, params string[] args)
    {
        await using var demo = await StartAsync(args);

        Assert.Equal(1, await demo.ExitAsync(WorkerGroup.Patience, Cancellation));
        Assert.StartsWith("FailoverDemo: ", demo.Errors, StringComparison.Ordinal);
        Assert.Contains(said, demo.Errors, StringComparison.Ordinal);
        Assert.Single(demo.Errors.Split('\n'));
    }

    private static Task<WorkerLine> NextTermAsync(WorkerProcess demo, long? after) => demo.FirstAsync(
        $"a term with a larger token than {after}", line =>
            line.Event is WorkerEvent.Leading && line.FencingToken > after, WorkerGroup.Patience, Cancellation);

    // A kubeconfig that names no cluster: the demo does not look for one.
    private static Task<WorkerProcess> StartAsync(params string[] args) =>
        WorkerProcess.StartDemoAsync("demo", new Dictionary<string, string> { ["KUBECONFIG"] = "/nowhere" }, args);
}
