using System.Globalization;
using FailoverDemo.Story;

namespace FailoverDemo.Views;

/// <summary>What came of it, in a line.</summary>
internal static class Summary
{
    public static string Of(Scene scene)
    {
        var parts =
            new List<string> { string.Create(CultureInfo.InvariantCulture, $"{scene.Terms} {(scene.Terms == 1 ? "term" : "terms")}") };
        foreach (var kind in (Disruption[])[Disruption.GracefulStop, Disruption.Freeze, Disruption.Other])
        {
            if (Median(scene, kind) is { } median)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{median.Count} {(median.Count == 1 ? Name(kind) : Plural(kind))} (median {Narrator.Duration(median.Took)} {Since(kind)})"));
        }

        parts.Add(Overlaps(scene));
        return string.Join(", ", parts) + ".";
    }

    /// <summary>How many failovers of that kind there were, and the one in the middle; null without any.</summary>
    public static (int Count, TimeSpan Took)? Median(Scene scene, Disruption kind)
    {
        var took = scene.Failovers.Where(f => f.Kind == kind).Select(f => f.Took).Order().ToList();
        return took.Count == 0 ? null : (took.Count, took[took.Count / 2]);
    }

    public static string Name(Disruption kind) => kind switch
    {
        Disruption.GracefulStop => "graceful stop",
        Disruption.Freeze => "freeze",
        _ => "other",
    };

    private static string Plural(Disruption kind) => kind switch
    {
        Disruption.GracefulStop => "graceful stops",
        Disruption.Freeze => "freezes",
        _ => "others",
    };

    /// <summary>From when a failover of that kind is counted.</summary>
    public static string Since(Disruption kind) => kind is Disruption.Freeze ? "from the last renewal" : "from the old work's end";

    public static string Overlaps(Scene scene) => scene.Overlaps == 0
        ? "never two leaders at once"
        : string.Create(CultureInfo.InvariantCulture, $"TWO LEADERS AT ONCE {scene.Overlaps} TIMES");
}
