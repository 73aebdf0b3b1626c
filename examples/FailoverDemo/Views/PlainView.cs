using System.Globalization;
using FailoverDemo.Story;

namespace FailoverDemo.Views;

/// <summary>What happens, line by line, and what came of it at the end.</summary>
internal sealed class PlainView(TextWriter output, TimeProvider time) : IView
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private int _last;

    /// <summary>When something happened, for the begin of a line.</summary>
    public static string Time(TimeSpan at) => string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,8:0.000} s");

    public async Task RunAsync(Func<int, Scene> look, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await WriteAsync(look(1));
            await Task.Delay(Pace, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var end = look(1);
        await WriteAsync(end);
        if (end.HasBegun)
            await output.WriteLineAsync(Summary.Of(end));
    }

    private async Task WriteAsync(Scene scene)
    {
        foreach (var line in scene.Happenings.Where(line => line.Number > _last))
        {
            _last = line.Number;
            await output.WriteLineAsync($"{Time(line.At)}  {line.Text}");
        }

        await output.FlushAsync(CancellationToken.None);
    }
}
