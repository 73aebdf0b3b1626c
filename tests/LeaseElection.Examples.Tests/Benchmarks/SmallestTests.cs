using System.Text.Json;
using LeaseElection.Benchmarks.Failover;
using LeaseElection.Benchmarks.Handover;
using LeaseElection.Benchmarks.Measuring.Statistics;
using LeaseElection.Benchmarks.Reports;
using LeaseElection.Benchmarks.Startup;

namespace LeaseElection.Examples.Tests.Benchmarks;

/// <summary>Every what, once: how much is measured and what is counted. No test looks at a time.</summary>
[Collection(nameof(RunsAlone))]
public sealed class SmallestTests(SharedControlPlane servers)
{
    private static bool HasClientGo => ClientPrograms.Locate("client-go-candidate") is not null;

    [Fact]
    public async Task Handover_Smallest_EverySampleOfOursPeersAndFloor()
    {
        var outcome = await Smallest.RunAsync(servers, "handover");

        Assert.Equal(2, Count(outcome, Contestants.Ours, HandoverTrial.FromAsked));
        Assert.Equal(2, Count(outcome, Contestants.Ours, HandoverTrial.FromEnded));
        Assert.Equal(2, Count(outcome, Contestants.Floor, HandoverTrial.Requests));
        Assert.Equal(1, Count(outcome, Contestants.KubernetesClient, HandoverTrial.FromAsked));
        Assert.Equal(HasClientGo ? 1 : 0, Count(outcome, Contestants.ClientGo, HandoverTrial.FromAsked));
        Assert.Equal(HasClientGo ? 3 : 2, outcome.Targets.Count);
        Assert.Single(outcome.Notes, note => note.StartsWith("1 standby: kube-apiserver answered ", StringComparison.Ordinal));
        AssertIsWhole(outcome, "handover");
    }

    [Fact]
    public async Task Failover_Smallest_EverySampleOfOursAndClientGo()
    {
        var outcome = await Smallest.RunAsync(servers, "failover");

        Assert.Equal(1, Count(outcome, Contestants.Ours, FailoverBenchmark.FromRenewal));
        Assert.Equal(1, Count(outcome, Contestants.Ours, FailoverBenchmark.FromKill));
        Assert.Equal(HasClientGo ? 1 : 0, Count(outcome, Contestants.ClientGo, FailoverBenchmark.FromRenewal));
        Assert.Single(outcome.Targets);
        AssertIsWhole(outcome, "failover");
    }

    [Fact]
    public async Task Load_Smallest_OursOnlyPutsAndItsStandbyAsksNothing()
    {
        var outcome = await Smallest.RunAsync(servers, "load");

        // 4 s with a renewal every 3 s: one or two.
        var puts = outcome.Series.Single(s => s is { Who: Contestants.Ours, Of: "PUT a minute" }).Samples.Single();
        var all = outcome.Series.Single(s => s is { Who: Contestants.Ours, Of: "requests a minute" }).Samples.Single();
        Assert.InRange(puts, 60 / 5.0, 2 * 60 / 3.9);
        Assert.Equal(puts, all);
        Assert.Equal(2, outcome.Series.Single(s => s is { Who: Contestants.Ours, Of: "connections" }).Samples.Single());
        Assert.DoesNotContain(outcome.Series, s => s.Who == Contestants.Idle && s.Of.EndsWith(" a minute", StringComparison.Ordinal) && s.Unit == "requests" && s.Samples[0] > 0);
        Assert.All(
            ["kB to server a minute", "kB to clients a minute"],
            of => Assert.True(outcome.Series.Single(s => s.Who == Contestants.Ours && s.Of == of).Samples.Single() > 0));
        Assert.True(outcome.Series.Single(s => s is { Who: Contestants.KubernetesClient, Of: "GET a minute" }).Samples.Single() > 0);
        Assert.Equal(HasClientGo, outcome.Series.Any(s => s.Who == Contestants.ClientGo));
        Assert.Equal(0, outcome.ExitCode(smallest: true));
        AssertIsWhole(outcome, "load");
    }

    [Fact]
    public async Task Scale_Smallest_TenElectionsOnOneConnectionLoseNoTerm()
    {
        var outcome = await Smallest.RunAsync(servers, "scale");

        double Of(string who, string of) => outcome.Series.Single(s => s.Who == who && s.Of == of).Samples.Single();
        Assert.All(
            [Contestants.Floor, Contestants.Ours, Contestants.KubernetesClient], who => Assert.True(Of(who, "requests a second") > 0));
        // 4 s of a PUT every 3 s for each of ten: 10 or 20 of them, and nothing from who stands by.
        Assert.InRange(Of(Contestants.Ours, "requests a second"), 10 / 5.0, 20 / 3.9);
        Assert.Equal(0, Of(Contestants.Ours, "lost terms"));
        Assert.Equal(1, Of(Contestants.Floor, "connections of the leader"));
        Assert.InRange(Of(Contestants.Ours, "objects of the leader"), 0.1, Of(Contestants.Ours, "memory of the leader"));
        Assert.All(["connections of the leader", "connections of the standby"], of => Assert.Equal(1, Of(Contestants.Ours, of)));
        Assert.Equal([0, 4], outcome.Targets.Select(t => t.Limit));
        Assert.Equal(0, outcome.ExitCode(smallest: true));
        AssertIsWhole(outcome, "scale");
    }

    [Fact]
    public async Task Startup_Smallest_EverySampleOfOursPeersAndFloor()
    {
        var outcome = await Smallest.RunAsync(servers, "startup");

        Assert.All(
            [(StartupBenchmark.First, 1), (StartupBenchmark.NoLease, 2), (StartupBenchmark.Released, 2)],
            expected =>
                Assert.Equal(
                    expected.Item2, outcome.Series.Single(s => s.Who == Contestants.Ours && s.Case == expected.Item1).Samples.Count));
        Assert.Equal(4, Count(outcome, Contestants.Floor, StartupBenchmark.OneRequest));
        Assert.Equal(2, Count(outcome, Contestants.KubernetesClient, StartupBenchmark.ToWork));
        Assert.Equal(HasClientGo ? 2 : 0, Count(outcome, Contestants.ClientGo, StartupBenchmark.ToWork));
        Assert.Equal(2, outcome.Targets.Count);
        AssertIsWhole(outcome, "startup");
    }

    private static int Count(Outcome outcome, string who, string of) =>
        outcome.Series.Where(s => s.Who == who && s.Of == of).Sum(s => s.Samples.Count);

    private static void AssertIsWhole(Outcome outcome, string what)
    {
        Assert.All(outcome.Plotted, of => Assert.Contains(outcome.Series, s => s.Of == of));
        Assert.All(outcome.Table.Rows, row => Assert.Equal(outcome.Table.Columns.Count, row.Count));
        using var json = JsonDocument.Parse(JsonFile.Text(Smallest.Request(what), Machine.Read(), DateTimeOffset.UnixEpoch, outcome));
        var root = json.RootElement;
        Assert.Equal(what, root.GetProperty("what").GetString());
        Assert.EndsWith($"-- {what} --smallest", root.GetProperty("command").GetString(), StringComparison.Ordinal);
        Assert.Equal(Environment.ProcessorCount, root.GetProperty("machine").GetProperty("cores").GetInt32());
        Assert.Equal(outcome.Targets.Count, root.GetProperty("targets").GetArrayLength());
        Assert.Equal(
            outcome.Series.Select(s => s.Samples.Count),
            root.GetProperty("series").EnumerateArray().Select(s => s.GetProperty("samples").GetArrayLength()));

        var svg = Path.GetTempFileName();
        SvgPlot.Save(svg, outcome);
        Assert.Contains("<svg", File.ReadAllText(svg), StringComparison.Ordinal);
        File.Delete(svg);
    }
}
