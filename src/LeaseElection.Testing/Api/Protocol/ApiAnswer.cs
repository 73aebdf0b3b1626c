using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Api.Protocol;

/// <summary>An answer that is complete: anything but a watch.</summary>
internal sealed record ApiAnswer(int Status, byte[] Body, string ContentType = "application/json", TimeSpan? RetryAfter = null)
{
    // Go's encoder escapes <, > and & only, and ends with a new line.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsJson => ContentType == "application/json";

    public static ApiAnswer Of(JsonNode json, int status = 200) => new(status, Bytes(json));

    public static ApiAnswer Of(ApiException error) => new(error.Status.Code, Bytes(error.Status.ToJson()), RetryAfter: error.RetryAfter);

    public static ApiAnswer Text(string text, int status = 200) => new(status, Encoding.UTF8.GetBytes(text), "text/plain; charset=utf-8");

    public ApiAnswer ToYaml() => this with { Body = Yaml.Write(Body), ContentType = "application/yaml" };

    public static byte[] Bytes(JsonNode json)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Options))
            json.WriteTo(writer);
        return bytes.WrittenSpan.ToArray();
    }
}
