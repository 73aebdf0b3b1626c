using FailoverDemo.Story;
using FailoverDemo.Views;
using Microsoft.Extensions.Logging;
using Spectre.Console;
using static LeaseElection.Testing.Tests.Example.StoryScript;

namespace LeaseElection.Testing.Tests.Example;

public sealed class FrameTests
{
    [Fact]
    public void Frame_ALeaderAndBothKindsOfFailover_ShowsThemAll()
    {
        var script = Running().StopsGracefully(1, 11, 10).Leads(2, 11.07, 20).Add(new Started(At(14.2), "replica-1"))
            .Freezes(2, 20.5, 20).Leads(3, 25.6, 30).Renews(3, 26.6)
            .Add(new Planned(At(26), Disruption.GracefulStop, At(31)));

        var lines = Render(script.Scene(27.1), 80, 30);

        Assert.Equal("Leader        replica-3 for 1.5 s", lines[1]);
        Assert.Equal("Term          3, fencing token 30, worked 0 times", lines[2]);
        Assert.Equal("Next renewal  in 0.5 s  ██████████··········  without one the term ends in 2.8 s", lines[3]);
        Assert.Equal("Coming up     the leader is stopped gracefully in 3.9 s", lines[4]);
        Assert.Equal("replica-1  " + new string(' ', 32) + "─" + new string('█', 10) + "···" + new string('─', 14) + "  standby", lines[7]);
        Assert.Equal(
            "replica-2  " + new string(' ', 32) + new string('─', 11) + new string('█', 9) + "▓▓▓" + "░░░░░" + "  frozen", lines[8]);
        Assert.Equal("replica-3  " + new string(' ', 32) + new string('─', 25) + "███" + "  leading", lines[9]);
        Assert.Equal("Failovers     graceful stop  1, last 60 ms, median 60 ms from the old work's end", lines[12]);
        Assert.Equal("              freeze         1, last 5.10 s, median 5.10 s from the last renewal", lines[13]);
        Assert.Equal("              never two leaders at once", lines[14]);
        Assert.Contains("replica-3 leads, token 30", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Frame_NobodyLeads_SaysWhatIsWaitedFor()
    {
        var lines = Render(Running().Freezes(1, 5, 10).Scene(9), 80, 30);

        Assert.Equal("Leader        nobody for 0.7 s; the silent leader's Lease expires in 1.0 s", lines[1]);
    }

    [Fact]
    public void Frame_AWarning_IsShown()
    {
        var lines = Render(Running().Add(new Logged(At(2), "replica-2", LogLevel.Warning, "No answer [to] 'get'")).Scene(3), 80, 30);

        Assert.Equal("   2.000 s  replica-2 warns: No answer [to] 'get'", lines[^1]);
    }

    [Theory]
    [InlineData(80, 24)]
    [InlineData(40, 12)]
    [InlineData(20, 3)]
    [InlineData(5, 1)]
    [InlineData(300, 100)]
    public void Frame_AnyTerminal_Fits(int width, int height)
    {
        var scene = Running().Freezes(1, 5, 10).Leads(2, 10.1, 20)
            .Add(new Logged(At(11), "replica-2", LogLevel.Warning, new string('x', 500)))
            .Scene(12, Timelines.Steps(width));

        var lines = Render(scene, width, height);

        Assert.InRange(lines.Length, 1, Math.Max(1, height - 1));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
    }

    private static string[] Render(Scene scene, int width, int height)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(
            new() { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = width;
        console.Profile.Height = height;
        console.Write(Frame.Of(scene, width, height));
        return [.. writer.ToString().TrimEnd('\n').Split('\n').Select(line => line.TrimEnd())];
    }
}
