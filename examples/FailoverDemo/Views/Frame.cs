using FailoverDemo.Story;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace FailoverDemo.Views;

/// <summary>One picture of a scene, made to fit the terminal.</summary>
internal static class Frame
{
    // At most so many lines of what has happened. The program's first line stays to be seen, and the cursor has a line of its own.
    private const int Happenings = 10;
    private const int FirstLine = 1;
    private const int Cursor = 1;

    public static IRenderable Of(Scene scene, int width, int height)
    {
        StyledLine[] top = [new(), .. Facts.Of(scene), new(), .. Timelines.Of(scene), new(), .. Failovers.Of(scene), new()];
        var rest = Math.Clamp(height - FirstLine - Cursor - top.Length, 0, Happenings);
        var lines = top.Concat(scene.Happenings.TakeLast(rest).Select(Line)).Take(Math.Max(1, height - Cursor));
        return new Rows(lines.Select(line => line.Fit(width)));
    }

    private static StyledLine Line(Happening happening) => new StyledLine()
        .Add(PlainView.Time(happening.At) + "  ", Color.Grey)
        .Add(happening.Text, happening.Tone switch
        {
            Tone.Good => Color.Green,
            Tone.Act => Color.Blue,
            Tone.Warning => Color.Yellow,
            Tone.Bad => Color.Red,
            _ => Color.Grey,
        });
}
