using System.Globalization;
using FailoverDemo.Story;
using Spectre.Console;

namespace FailoverDemo.Views;

/// <summary>What the failovers took.</summary>
internal static class Failovers
{
    public static IEnumerable<StyledLine> Of(Scene scene)
    {
        yield return Kind(scene, Disruption.GracefulStop, Facts.Labelled("Failovers"));
        yield return Kind(scene, Disruption.Freeze, Facts.Labelled(""));
        yield return Facts.Labelled("").Add(Summary.Overlaps(scene), scene.Overlaps == 0 ? Color.Green : Color.Red);
    }

    private static StyledLine Kind(Scene scene, Disruption kind, StyledLine line)
    {
        line.Add(Summary.Name(kind).PadRight(15));
        return Summary.Median(scene, kind) is { } median
            ? line.Add(string.Create(CultureInfo.InvariantCulture, $"{median.Count}, last {Narrator.Duration(scene.Failovers.Last(f => f.Kind == kind).Took)}"), Color.Green)
                .Add($", median {Narrator.Duration(median.Took)} {Summary.Since(kind)}")
            : line.Add("none yet", Color.Grey);
    }
}
