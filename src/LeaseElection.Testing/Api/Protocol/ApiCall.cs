using System.Text.Json;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Texts;
using Microsoft.AspNetCore.Http;

namespace LeaseElection.Testing.Api.Protocol;

/// <summary>A request on its way through the API.</summary>
internal sealed record ApiCall(LeaseApiRequest Request, ApiRoute Route, IQueryCollection Query, byte[] Body, string ContentType)
{
    private const string TypeMeta =
        """struct { APIVersion string "json:\"apiVersion,omitempty\""; Kind string "json:\"kind,omitempty\"" }""";

    /// <summary>Gets what the client wants to read.</summary>
    public string Accept { get; init; } = "";

    /// <summary>Gets what the answer warns of, be it a refusal.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Gets the paths of the fields that the body has twice, once it was read.</summary>
    public HashSet<string> DoubledFields { get; } = new(StringComparer.Ordinal);

    /// <summary>Gets what a body in YAML has twice, once it was read; a decoder of JSON does not see it.</summary>
    public List<string> DoubledKeys { get; } = [];

    /// <summary>Gets a value indicating whether the sender may create, too: for updates of what is not there.</summary>
    public bool MayCreate { get; init; } = true;

    /// <summary>Gets the media type of the body; kube-apiserver takes JSON where there is none.</summary>
    public string MediaType => ContentType.Split(';')[0].Trim() is { Length: > 0 } type ? type : "application/json";

    public bool IsDryRun => Protocol.Query.IsDryRun(Query);

    /// <summary>The body as an object that is to be of a kind.</summary>
    /// <exception cref="ApiException">It is none (400), or of a type that nobody here reads (415).</exception>
    public JsonObject ReadObject(string kind)
    {
        ApiStatus Unrecognized(string what) =>
            ApiStatus.BadRequest($"the object provided is unrecognized (must be of type {kind}): {what} ({Go.Summary(Body)})");

        var sent = ReadBody(Unrecognized);
        return (string?)sent["apiVersion"] is { } version && version.Count(c => c == '/') > 1
            ? throw new ApiException(Unrecognized($"unexpected GroupVersion string: {version}"))
            : sent;
    }

    /// <summary>The body as an object; nothing (null) is an empty one. Its kind and version are texts, if they are there.</summary>
    /// <param name="wrong">The answer to who sends something else.</param>
    /// <exception cref="ApiException">Something else, or of a type that nobody here reads (415).</exception>
    public JsonObject ReadBody(Func<string, ApiStatus> wrong)
    {
        ApiException NoObject(string why) => new(wrong($"couldn't get version/kind; json parse error: {why}"));

        var sent = Parse(wrong, NoObject) switch
        {
            JsonObject json => json,
            null => [],
            var other => throw NoObject($"json: cannot unmarshal {Json.Kind(other)} into Go value of type {TypeMeta}"),
        };
        foreach (var name in (string[])["apiVersion", "kind"])
        {
            if (sent[name] is { } value && value.GetValueKind() != JsonValueKind.String)
                throw NoObject($"json: cannot unmarshal {Json.Kind(value)} into Go struct field .{name} of type string");
        }

        return sent;
    }

    private JsonNode? Parse(Func<string, ApiStatus> wrong, Func<string, ApiException> noObject)
    {
        switch (MediaType)
        {
            case "application/yaml":
                return Yaml.Read(Body, DoubledKeys.Add, why => new ApiException(wrong($"yaml: {why}")));
            case "application/vnd.kubernetes.protobuf":
                throw new ApiException(wrong("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]"));
            case "application/json":
                try
                {
                    return Json.Parse(Body, DoubledFields);
                }
                catch (JsonException error)
                {
                    throw noObject(error.Message);
                }

            default:
                throw new ApiException(
                    ApiStatus.UnsupportedMediaType("application/json, application/yaml, application/vnd.kubernetes.protobuf"));
        }
    }
}
