using System.Text;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;

namespace LeaseElection.Testing.Api.Documents;

/// <summary>
/// The OpenAPI document, without a single definition: kubectl asks for it before it sends anything, and does not check what it
/// finds no definition of.
/// </summary>
internal static class OpenApiDocument
{
    private const string Title = "Kubernetes";
    private const string Protobuf = "proto-openapi.spec.v2";

    public static ApiAnswer Answer(string accept) => accept.Contains(Protobuf, StringComparison.Ordinal)
        ? new(200, Binary(), "application/octet-stream")
        : ApiAnswer.Of(new JsonObject
        {
            ["swagger"] = "2.0",
            ["info"] = new JsonObject { ["title"] = Title, ["version"] = Discovery.GitVersion },
            ["paths"] = new JsonObject(),
        });

    // openapi.v2.Document: swagger is field 1, info is field 2; in Info, title is 1 and version is 2.
    private static byte[] Binary() =>
    [
        .. Field(1, Encoding.UTF8.GetBytes("2.0")),
        .. Field(2, [.. Field(1, Encoding.UTF8.GetBytes(Title)), .. Field(2, Encoding.UTF8.GetBytes(Discovery.GitVersion))]),
    ];

    // A field with a length, which is below 128 here.
    private static byte[] Field(int number, byte[] content) => [(byte)((number << 3) | 2), checked((byte)content.Length), .. content];
}
