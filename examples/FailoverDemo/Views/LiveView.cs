using FailoverDemo.Story;
using Spectre.Console;

namespace FailoverDemo.Views;

/// <summary>A picture on a terminal, drawn anew several times a second.</summary>
internal sealed class LiveView(IAnsiConsole console, TimeProvider time) : IView
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(125);

    public async Task RunAsync(Func<int, Scene> look, CancellationToken cancellationToken)
    {
        await console.Live(new Text("")).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            while (true)
            {
                live.UpdateTarget(Frame.Of(look(Timelines.Steps(console.Profile.Width)), console.Profile.Width, console.Profile.Height));
                if (cancellationToken.IsCancellationRequested)
                    return;
                await Task.Delay(Pace, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        });
        if (look(1) is { HasBegun: true } end)
            console.WriteLine(Summary.Of(end));
    }
}
