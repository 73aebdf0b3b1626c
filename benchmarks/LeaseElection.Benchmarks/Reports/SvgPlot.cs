using LeaseElection.Benchmarks.Measuring.Statistics;
using ScottPlot;

namespace LeaseElection.Benchmarks.Reports;

/// <summary>Every sample of every series as a dot, on a logarithmic scale, with a line at each median.</summary>
internal static class SvgPlot
{
    private const int Width = 1000;
    private const int Height = 520;

    // How wide the dots of one series are spread, so that equal ones do not hide each other.
    private const double Spread = 0.5;

    public static void Save(string path, Outcome outcome) => Draw(outcome).SaveSvg(path, Width, Height);

    private static Plot Draw(Outcome outcome)
    {
        var all = outcome.Series.Where(series => outcome.Plotted.Contains(series.Of) && series.Samples.Any(sample => sample > 0)).ToList();
        var plot = new Plot();
        var labels = new List<Tick>();
        var colours = all.Select(series => series.Who).Distinct()
            .Select((who, i) => (who, Colour: new ScottPlot.Palettes.Category10().GetColor(i)))
            .ToDictionary(pair => pair.who, pair => pair.Colour);
        foreach (var (series, at) in all.Select((series, at) => (series, at)))
        {
            Add(plot, series, at, colours[series.Who]);
            labels.Add(new(at, $"{series.Who}\n{series.Case}"));
        }

        // Legible where that one is not: then it is the drawing library's choice.
        plot.Font.Set("DejaVu Sans");
        plot.Title(outcome.Title);
        plot.YLabel($"{string.Join("; ", all.Select(series => series.Of).Distinct())} ({all[0].Unit})");
        plot.Axes.Left.TickGenerator = Decades(all);
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. labels]);
        plot.Axes.Bottom.TickLabelStyle.FontSize = 10;
        plot.Axes.SetLimitsX(-0.7, all.Count - 0.3);
        return plot;
    }

    private static void Add(Plot plot, Series series, int at, Color colour)
    {
        double[] xs = [.. series.Samples.Select((_, i) => at + (Spread * (((i + 0.5) / series.Samples.Count) - 0.5)))];
        double[] ys = [.. series.Samples.Select(Log)];
        plot.Add.ScatterPoints(xs, ys, colour).MarkerSize = 5;
        var median = Log(series.Distribution().Median);
        plot.Add.Line(at - (Spread * 0.6), median, at + (Spread * 0.6), median).Color = colour;
    }

    private static ScottPlot.TickGenerators.NumericManual Decades(IReadOnlyList<Series> all)
    {
        var logs = all.SelectMany(series => series.Samples).Select(Log).ToList();
        var (least, most) = ((int)Math.Floor(logs.Min()), (int)Math.Ceiling(logs.Max()));
        return new([.. Enumerable.Range(least, most - least + 1).Select(decade => new Tick(decade, Figures.Short(Math.Pow(10, decade))))]);
    }

    // Zero has no place on such a scale: it is drawn where a hundredth is.
    private static double Log(double sample) => Math.Log10(Math.Max(sample, 0.01));
}
