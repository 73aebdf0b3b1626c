using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Texts;
using Microsoft.AspNetCore.Http;

namespace LeaseElection.Testing.Api.Representations;

/// <summary>How a client wants objects: by its Accept header, and for tables by <c>includeObject</c>.</summary>
internal sealed record Representation(Form Form, string Version, string Include)
{
    private const string Group = "meta.k8s.io";
    private const string Accepted = "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    /// <summary>Gets the one for who says nothing.</summary>
    public static Representation Whole { get; } = new(Form.Whole, "", "");

    private string ApiVersion => $"{Group}/{Version}";

    public static ApiStatus NotAcceptable() =>
        new(406, "NotAcceptable", $"406: Not Acceptable\n\nAvailable representations: {Accepted}", []);

    /// <summary>What a request asks for.</summary>
    /// <exception cref="ApiException">Nothing that anybody here can make (406), or a table of nobody knows what (400).</exception>
    public static Representation Of(HttpRequest request)
    {
        var header = request.Headers.Accept.ToString();
        if (header.Length == 0)
            return Whole;
        var ranges = MediaRange.Parse(header);
        if (!ranges.Any(r => IsJson(r) || IsYaml(r)))
            throw new ApiException(NotAcceptable());
        var form = ranges.Where(r => IsJson(r) || IsYaml(r)).Select(FormOf).FirstOrDefault(f => f is not null)
            ?? throw new ApiException(ApiStatus.NotAcceptable(Accepted));
        var include = Query.Text(request.Query, "includeObject") ?? "Metadata";
        if (form.Form == Form.Table && include is not ("None" or "Metadata" or "Object"))
        {
            throw new ApiException(ApiStatus.BadRequest(
                $"Unable to convert to Table as requested: includeObject: Invalid value: {Go.Quote(include)}: "
                + "must be 'Metadata', 'Object', 'None', or empty"));
        }

        return form with { Include = include };
    }

    /// <summary>An answer in this form. Failures stay as they are.</summary>
    /// <exception cref="ApiException">The object cannot be put into this form (406).</exception>
    public ApiAnswer Apply(ApiAnswer answer, DateTimeOffset now) =>
        Form == Form.Whole || answer.Status >= 400 ? answer : answer with { Body = Apply(answer.Body, now, isFirst: true) };

    /// <summary>What does this to the objects of one watch.</summary>
    public Func<byte[], byte[]> ForWatch(TimeProvider time)
    {
        if (Form == Form.Whole)
            return static json => json;
        // Only the first table says what its columns are.
        var isFirst = true;
        return json =>
        {
            var result = Apply(json, time.GetUtcNow(), isFirst);
            isFirst = false;
            return result;
        };
    }

    private byte[] Apply(byte[] json, DateTimeOffset now, bool isFirst)
    {
        var source = JsonNode.Parse(json)!.AsObject();
        return (string?)source["kind"] == "Status" ? json : ApiAnswer.Bytes(Apply(source, now, isFirst));
    }

    /// <summary>Whether a client wants YAML rather than JSON.</summary>
    public static bool IsYaml(HttpRequest request) =>
        request.Headers.Accept.ToString() is { Length: > 0 } header
        && MediaRange.Parse(header).FirstOrDefault(r => IsJson(r) || IsYaml(r)) is { } first && IsYaml(first);

    private static bool IsYaml(MediaRange range) => range.Type == "application/yaml";

    private static bool IsJson(MediaRange range) => range.Type is "application/json" or "application/*" or "*/*";

    private static Representation? FormOf(MediaRange range)
    {
        if (range.As.Length == 0)
            return Whole;
        if (range is not { Group: Group, Version: "v1" or "v1beta1" })
            return null;
        return range.As switch
        {
            "Table" => new(Form.Table, range.Version, ""),
            "PartialObjectMetadata" => new(Form.Metadata, range.Version, ""),
            "PartialObjectMetadataList" => new(Form.MetadataList, range.Version, ""),
            _ => null,
        };
    }

    private JsonObject Apply(JsonObject source, DateTimeOffset now, bool isFirst)
    {
        var items = source["items"] as JsonArray;
        return Form switch
        {
            Form.Table => Table(source, items, now, isFirst),
            Form.Metadata when items is null => Metadata(source),
            Form.MetadataList when items is not null => new()
            {
                ["kind"] = "PartialObjectMetadataList",
                ["apiVersion"] = ApiVersion,
                ["metadata"] = source["metadata"]!.DeepClone(),
                ["items"] = new JsonArray([.. items.Select(item => Metadata(item!.AsObject()))]),
            },
            Form.Metadata => throw NotSo($"you requested PartialObjectMetadata, but the requested object is a list ({GoType(source)})"),
            _ => throw NotSo($"you requested PartialObjectMetadataList, but the requested object is not a list ({GoType(source)})"),
        };
    }

    private JsonObject Metadata(JsonObject item) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = ApiVersion,
        ["metadata"] = item["metadata"]!.DeepClone(),
    };

    private JsonObject Table(JsonObject source, JsonArray? items, DateTimeOffset now, bool isFirst)
    {
        var kind = (string)source["kind"]!;
        var columns = TableColumns.Of(items is null ? kind : kind[..^"List".Length]);
        return new()
        {
            ["kind"] = "Table",
            ["apiVersion"] = ApiVersion,
            ["metadata"] = items is null
                ? new JsonObject { ["resourceVersion"] = source["metadata"]!["resourceVersion"]?.DeepClone() }
                : source["metadata"]!.DeepClone(),
            ["columnDefinitions"] = isFirst ? columns.ToJson() : null,
            ["rows"] = new JsonArray([.. (items ?? [source.DeepClone()]).Select(item => Row(columns, source, item!.AsObject(), now))]),
        };
    }

    private JsonObject Row(TableColumns columns, JsonObject source, JsonObject item, DateTimeOffset now) => new()
    {
        ["cells"] = columns.Cells(item, now),
        ["object"] = Include switch
        {
            "None" => null,
            "Object" => WithKind(columns.Kind, (string)source["apiVersion"]!, item),
            _ => Metadata(item),
        },
    };

    // The items of a list do not say what they are.
    private static JsonObject WithKind(string kind, string version, JsonObject item)
    {
        var result = new JsonObject { ["kind"] = kind, ["apiVersion"] = version };
        foreach (var (name, value) in item)
            result[name] = value?.DeepClone();
        return result;
    }

    private static ApiException NotSo(string message) => new(new(406, "NotAcceptable", message));

    private static string GoType(JsonObject source) =>
        (string?)source["apiVersion"] == "v1" ? $"*v1.{source["kind"]}" : $"*coordination.{source["kind"]}";
}
