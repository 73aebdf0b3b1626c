using FailoverDemo.Story;
using Spectre.Console;

namespace FailoverDemo.Views;

/// <summary>Chooses the view, and goes on with plain lines when it fails: the demo is the election, not the picture.</summary>
internal static class Show
{
    public static Task RunAsync(Func<int, Scene> look, bool json, TimeProvider time, CancellationToken cancellationToken)
    {
        var plain = new PlainView(json ? Console.Error : Console.Out, time);
        var isTerminal = !json && AnsiConsole.Profile.Out.IsTerminal && AnsiConsole.Profile.Capabilities.Ansi;
        return isTerminal
            ? RunAsync(new LiveView(AnsiConsole.Console, time), plain, look, cancellationToken)
            : plain.RunAsync(look, cancellationToken);
    }

    public static async Task RunAsync(IView first, IView instead, Func<int, Scene> look, CancellationToken cancellationToken)
    {
        try
        {
            await first.RunAsync(look, cancellationToken);
        }
        catch (Exception error)
        {
            await Console.Error.WriteLineAsync($"FailoverDemo: the live view failed ({error.Message}); plain lines from here on.");
            await instead.RunAsync(look, cancellationToken);
        }
    }
}
