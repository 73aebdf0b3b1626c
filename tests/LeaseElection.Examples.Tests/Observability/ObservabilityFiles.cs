using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace LeaseElection.Examples.Tests.Observability;

/// <summary>What examples/observability has, and what is asked in it.</summary>
internal static class ObservabilityFiles
{
    public static string Folder { get; } = Repository.PathOf("examples", "observability");

    public static JsonNode Dashboard => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "dashboard.json")))!;

    /// <summary>Gets every query of the dashboard, its variables filled in as Grafana does.</summary>
    public static IReadOnlyList<string> Queries =>
        [.. Dashboard["panels"]!.AsArray().SelectMany(p => p!["targets"]!.AsArray()).Select(t => (string)t!["expr"]!)
            .Select(q => q.Replace("$job", ".*", StringComparison.Ordinal).Replace("$election", ".*", StringComparison.Ordinal).Replace(
                "$__rate_interval", "1m", StringComparison.Ordinal))];

    /// <summary>Gets the expression of every alert.</summary>
    public static IReadOnlyDictionary<string, string> Alerts
    {
        get
        {
            using var reader = File.OpenText(Path.Combine(Folder, "alerts.yaml"));
            var yaml = new YamlStream();
            yaml.Load(reader);
            return ((YamlSequenceNode)yaml.Documents[0].RootNode["groups"]).SelectMany(g => (YamlSequenceNode)g["rules"])
                .ToDictionary(r => r["alert"].ToString(), r => r["expr"].ToString(), StringComparer.Ordinal);
        }
    }
}
