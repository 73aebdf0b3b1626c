using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.RealServer.Tests.ServerConformance.Playback;

namespace LeaseElection.RealServer.Tests.ServerConformance.Comparison;

/// <summary>Takes out of a played case what may differ, by <see cref="ListedDifferences"/>, and nothing else.</summary>
internal sealed class Normaliser
{
    private readonly Symbols _symbols = new();

    public static IReadOnlyList<Comparable> Normalise(IReadOnlyList<Exchange> exchanges)
    {
        var normaliser = new Normaliser();
        var bodies = exchanges.Select(e => e.Answers.Select(Bodies.Values).ToList()).ToList();
        foreach (var (exchange, of) in exchanges.Zip(bodies))
        {
            // The winners of a race: who they are is open, and what they wrote is read back by a later step.
            foreach (var values in of.Where(_ => of.Count == 1))
                values?.ForEach(normaliser._symbols.Learn);
        }

        return [.. exchanges.Zip(bodies, normaliser.Of)];
    }

    private Comparable Of(Exchange exchange, List<List<JsonNode?>?> bodies)
    {
        var answers = exchange.Answers.Zip(bodies, (answer, values) => Of(exchange, answer, values).ToList());
        var sorted = answers.OrderBy(lines => string.Join('\n', lines), StringComparer.Ordinal);
        return new(exchange.Step, exchange.Request, [.. sorted.SelectMany(lines => lines)]);
    }

    private IEnumerable<string> Of(Exchange exchange, Answer answer, List<JsonNode?>? values)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"status: {answer.Status}");
        foreach (var (name, value) in answer.Headers.OrderBy(h => h.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (!ListedDifferences.Headers.Any(h => name.StartsWith(h.Name, StringComparison.OrdinalIgnoreCase)))
                yield return $"header {name.ToLowerInvariant()}: {_symbols.Replace(value)}";
        }

        if (exchange.Answers.Count > 1 && answer.Status < 300)
            yield return "body: of a winner";
        else if (values is null)
            yield return $"body: {ListedDifferences.Apply(_symbols.Replace(answer.Body.TrimEnd('\n')))}";
        else
        {
            foreach (var (i, value) in ListedDifferences.OneBookmark(values).Index())
            {
                foreach (var line in Lines($"body[{i}]", "", ListedDifferences.Sort(exchange.Request, value)))
                    yield return line;
            }
        }
    }

    // path: where it is, for people; field: the names of the properties on the way, without indexes.
    private IEnumerable<string> Lines(string path, string field, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                return json.Count == 0
                    ? [$"{path}: {{}}"]
                    : json.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => Lines(json, path, field, p.Key, p.Value));
            case JsonArray array:
                return array.Count == 0 ? [$"{path}: []"] : array.Index().SelectMany(i => Lines($"{path}[{i.Index}]", field, i.Item));
            case JsonValue value when value.TryGetValue<string>(out var text):
                return [$"{path}: \"{ListedDifferences.Apply(_symbols.Replace(text))}\""];
            default:
                return [$"{path}: {node?.ToJsonString() ?? "null"}"];
        }
    }

    private IEnumerable<string> Lines(JsonObject parent, string path, string field, string name, JsonNode? value)
    {
        var (innerPath, innerField) = ($"{path}.{name}", $"{field}.{name}");
        if (value is null)
            return [$"{innerPath}: null"];
        return ListedDifferences.Fields.FirstOrDefault(f => f.IsOf(innerField)) is not { } listed
            ? Lines(innerPath, innerField, value)
            : listed.Instead(new(parent, value, _symbols)) switch
            {
                null => [],
                JsonValue instead => [$"{innerPath}: {instead.ToJsonString()}"],
                var instead => Lines(innerPath, innerField, instead),
            };
    }
}
