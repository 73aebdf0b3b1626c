using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Api.Patches;

/// <summary>JSON patch: a list of operations, all of which must succeed.</summary>
internal static class JsonPatch
{
    // As kube-apiserver has it: copies of copies would take all memory.
    private const int CopiedAtMost = 3 * 1024 * 1024;

    public static JsonNode Apply(JsonNode target, JsonArray operations)
    {
        var document = target.DeepClone();
        var copied = 0;
        foreach (var operation in operations)
            Apply(document, operation as JsonObject ?? [], ref copied);
        return document;
    }

    private static void Apply(JsonNode document, JsonObject operation, ref int copied)
    {
        var path = Text(operation, "path") ?? "";
        var kind = Text(operation, "op");
        switch (kind)
        {
            case "add" or "replace" or "remove" when path.Length > 0:
                Change(document, path, kind, operation["value"]);
                break;
            case "test":
                if (!JsonNode.DeepEquals(Find(document, path), operation["value"]))
                    throw Failed();
                break;
            case "move" or "copy" when Text(operation, "from") is { Length: > 0 } from && path.Length > 0:
                var value = Find(document, from)?.DeepClone() ?? throw Failed();
                if (kind == "move")
                    Change(document, from, "remove", value: null);
                else if ((copied += value.ToJsonString().Length) > CopiedAtMost)
                    throw Failed();
                Change(document, path, "add", value);
                break;
            default:
                throw Failed();
        }
    }

    private static string? Text(JsonObject operation, string name) => operation[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw Failed(),
    };

    private static void Change(JsonNode document, string path, string operation, JsonNode? value)
    {
        var cut = path.LastIndexOf('/');
        if (cut < 0 || path.Count(c => c == '/') + Json.Depth(value) > Json.Deepest)
            throw Failed();
        var name = Unescape(path[(cut + 1)..]);
        switch (Find(document, path[..cut]))
        {
            case JsonObject parent when operation == "add" || parent.ContainsKey(name):
                parent.Remove(name);
                if (operation != "remove")
                    parent[name] = value?.DeepClone();
                break;
            case JsonArray list when operation == "add" && name == "-":
                list.Add(value?.DeepClone());
                break;
            case JsonArray list when int.TryParse(name, CultureInfo.InvariantCulture, out var at)
                && at >= 0 && at < list.Count + (operation == "add" ? 1 : 0):
                if (operation != "add")
                    list.RemoveAt(at);
                if (operation != "remove")
                    list.Insert(at, value?.DeepClone());
                break;
            default:
                throw Failed();
        }
    }

    private static JsonNode? Find(JsonNode document, string path)
    {
        if (path.Length > 0 && path[0] != '/')
            throw Failed();
        JsonNode? found = document;
        foreach (var name in path.Split('/').Skip(1).Select(Unescape))
        {
            found = found switch
            {
                JsonObject parent => parent[name],
                JsonArray list when int.TryParse(name, CultureInfo.InvariantCulture, out var at) && at >= 0 && at < list.Count => list[at],
                _ => null,
            };
        }

        return found;
    }

    private static string Unescape(string name) =>
        name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    // kube-apiserver does not say why.
    private static ApiException Failed() => new(new(422, "Invalid", "the server rejected our request due to an error in our request", []));
}
