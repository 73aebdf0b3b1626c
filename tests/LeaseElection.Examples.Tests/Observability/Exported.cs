using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace LeaseElection.Examples.Tests.Observability;

/// <summary>
/// How the library's instruments are called once they are exported to Prometheus, whether they have been counted yet or not.
/// </summary>
internal static partial class Exported
{
    /// <summary>Gets the labels that the library gives.</summary>
    public static IReadOnlySet<string> Labels { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "leaseelection_name", "leaseelection_end_reason", "leaseelection_verb", "leaseelection_outcome" };

    /// <summary>The names of all series, from the instruments that are there.</summary>
    public static IReadOnlySet<string> Names()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        // Makes the meter of this process.
        _ = LeaderElector.Create(new() { Host = "http://127.0.0.1:1" }, new() { LeaseName = "never-runs" });
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Name == "LeaseElection")
                names.UnionWith(NamesOf(instrument));
        };
        listener.Start();
        return names;
    }

    /// <summary>The words of a query that are ours: names and labels.</summary>
    public static IEnumerable<string> WordsOf(string query) => Ours().Matches(query).Select(m => m.Value).Distinct();

    private static string[] NamesOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return instrument switch
        {
            Counter<long> => [$"{name}_total", $"{name}_created"],
            Histogram<double> => [$"{name}_bucket", $"{name}_sum", $"{name}_count", $"{name}_created"],
            _ => [name],
        };
    }

    [GeneratedRegex(@"\b(leaseelection|leader_election)_[a-z_]+\b")]
    private static partial Regex Ours();
}
