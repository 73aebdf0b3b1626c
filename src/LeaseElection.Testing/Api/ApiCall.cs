using System.Text.Json;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Objects;
using Microsoft.AspNetCore.Http;

namespace LeaseElection.Testing.Api;

/// <summary>A request on its way through the API.</summary>
internal sealed record ApiCall(LeaseApiRequest Request, ApiRoute Route, IQueryCollection Query, byte[] Body, string ContentType)
{
    /// <summary>Gets what the client wants to read.</summary>
    public string Accept { get; init; } = "";

    /// <summary>Gets the media type of the body; kube-apiserver takes JSON where there is none.</summary>
    public string MediaType => ContentType.Split(';')[0].Trim() is { Length: > 0 } type ? type : "application/json";

    public bool IsDryRun => Api.Query.IsDryRun(Query);

    /// <summary>The body as an object.</summary>
    /// <exception cref="ApiException">It is none (400), or of a type that nobody here reads (415).</exception>
    public JsonObject ReadObject() => MediaType switch
    {
        "application/json" => ReadJson(Body),
        "application/yaml" => Yaml.Read(Body),
        _ => throw new ApiException(ApiStatus.UnsupportedMediaType("application/json, application/yaml, application/vnd.kubernetes.protobuf")),
    };

    private static JsonObject ReadJson(byte[] body)
    {
        if (body.Length == 0)
            throw new ApiException(ApiStatus.BadRequest("unexpected end of JSON input"));
        try
        {
            return JsonNode.Parse(body, documentOptions: new() { AllowDuplicateProperties = true }) switch
            {
                JsonObject json => json,
                null => [],
                var other => throw new ApiException(ApiStatus.BadRequest($"json: cannot unmarshal {Kind(other)} into Go value of type struct")),
            };
        }
        catch (JsonException error)
        {
            throw new ApiException(ApiStatus.BadRequest($"couldn't get version/kind; json parse error: {error.Message}"));
        }
    }

    private static string Kind(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "bool",
    };
}
