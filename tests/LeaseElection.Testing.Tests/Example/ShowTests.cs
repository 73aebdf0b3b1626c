using FailoverDemo.Story;
using FailoverDemo.Views;
using Spectre.Console;

namespace LeaseElection.Testing.Tests.Example;

public sealed class ShowTests
{
    [Fact]
    public async Task Run_TheViewFails_GoesOnWithPlainLines()
    {
        using var lines = new StringWriter();
        var script = StoryScript.Running();

        await Show.RunAsync(
            new FailingView(), new PlainView(lines, TimeProvider.System), steps => script.Scene(2, steps), new(canceled: true));

        Assert.Contains("replica-1 leads, token 10", lines.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlainLines_AtTheEnd_EachOnceAndTheSummary()
    {
        using var lines = new StringWriter();
        var script = StoryScript.Running().StopsGracefully(1, 11, 10).Leads(2, 11.07, 20);
        using var end = new CancellationTokenSource();
        var looks = 0;

        await new PlainView(lines, TimeProvider.System).RunAsync(Look, end.Token);

        var written = lines.ToString().TrimEnd().Split('\n');
        Assert.Single(written, line => line == "  11.070 s  replica-2 leads, token 20; failover 60 ms from the old work's end");
        Assert.Equal("2 terms, 1 graceful stop (median 60 ms from the old work's end), never two leaders at once.", written[^1]);

        Scene Look(int steps)
        {
            if (++looks == 2)
                end.Cancel();
            return script.Scene(12, steps);
        }
    }

    [Fact]
    public async Task Live_AtTheEnd_DrawsThePictureAndTheSummary()
    {
        using var drawn = new StringWriter();
        var console = AnsiConsole.Create(
            new() { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(drawn) });
        (console.Profile.Width, console.Profile.Height) = (80, 30);
        var script = StoryScript.Running().StopsGracefully(1, 11, 10).Leads(2, 11.07, 20);

        await new LiveView(console, TimeProvider.System).RunAsync(steps => script.Scene(12, steps), new(canceled: true));

        Assert.Contains("fencing token 20, worked 0 times", drawn.ToString(), StringComparison.Ordinal);
        Assert.Contains("2 terms, 1 graceful stop", drawn.ToString(), StringComparison.Ordinal);
    }

    private sealed class FailingView : IView
    {
        public Task RunAsync(Func<int, Scene> look, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("no screen");
    }
}
