using System.Xml.Linq;
using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Reports;

namespace LeaseElection.Chaos.Tests.Reports;

public sealed class ReportTests
{
    private static RunRecord Run { get; } = Runs.Of(
        new WorkerHistory("worker-1.1", [.. Lines.Term(0, 20_000, 1)], Freezes: [Lines.Frozen(20_010, 24_000)]),
        new WorkerHistory("worker-2.1", [.. Lines.Term(26_000, 60_000, 2)])) with
    {
        Faults = [Runs.Fault(20_010, 24_000)],
        Holders = [new(0, "worker-1.1"), new(26_000_000_000, "worker-2.1"), new(59_000_000_000, null)],
    };

    [Fact]
    public void Draw_Run_IsAPictureWithALaneForEach()
    {
        var svg = XDocument.Parse(Timeline.Draw(Run, "a <title>", Figures.Of(Run).Overlaps));

        var words = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
        Assert.Equal("a <title>", words[0]);
        Assert.All(["worker-1", "worker-2", "servers", "holder"], lane => Assert.Contains(lane, words));
        var tips = svg.Descendants().Where(e => e.Name.LocalName == "title").Select(e => e.Value).ToList();
        Assert.Contains("worker-1.1 works, token 1", tips);
        Assert.Contains("worker-1.1 frozen for 3.99 s", tips);
        Assert.Contains("the Lease names worker-2.1", tips);
        Assert.Contains("Kill, 3.99 s", tips);
    }

    [Fact]
    public void Draw_AnHour_IsBelowOneAnotherAndNoWiderThanAScreen()
    {
        var hour = Run with { Time = Runs.Milliseconds(0, 3_600_000) };

        var svg = XDocument.Parse(Timeline.Draw(hour, "", [])).Root!;

        Assert.InRange((double)svg.Attribute("width")!, 1200, 1400);
        Assert.InRange((double)svg.Attribute("height")!, 3000, 7000);
        Assert.Contains("59:50", svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value));
    }

    // An hour of chaos ended with it: bars without end, until the memory was used up.
    [Fact]
    public void Draw_RunThatLastedLessThanAMillisecondLongerThanItsBands_Ends()
    {
        var time = new Span(0, 120_000_300_000);
        var run = Run with { Time = time, Holders = [new(0, "worker-1.1")] };

        Assert.NotNull(XDocument.Parse(Timeline.Draw(run, "", [])).Root);
    }

    [Fact]
    public void Write_Violation_IsSaidAtTheTop()
    {
        var figures = Figures.Of(Run);

        Assert.Contains("**All held", Summary.Write(Run, figures, new([], 2, [], 0)), StringComparison.Ordinal);
        var text = Summary.Write(Run, figures, new(["two at once"], 2, [], 0));
        Assert.Contains("**VIOLATED: 1", text, StringComparison.Ordinal);
        Assert.Contains("- two at once", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Comparison_HasAColumnForEach()
    {
        var others = Run with { Peer = Peer.ClientGo };

        var text = Comparison.Write([(Run, Figures.Of(Run)), (others, Figures.Of(others))]);

        Assert.Contains("| figure | ours | client-go |", text, StringComparison.Ordinal);
        Assert.Contains("| longest overlap | 0.00 s | 0.00 s |", text, StringComparison.Ordinal);
    }
}
