using System.Text.Json;

namespace LeaseElection.Connection.Credentials.Plugins;

/// <summary>Reads a plugin's standard output: an ExecCredential with a status. It holds secrets, so no message quotes them.</summary>
internal static class PluginReplyReader
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="PluginException">It is something else.</exception>
    public static PluginReply Read(ReadOnlyMemory<byte> output, PluginProgram program)
    {
        if (output.Span.StartsWith(ByteOrderMark))
            output = output[ByteOrderMark.Length..];
        if (output.Span.Trim(" \t\r\n"u8).IsEmpty)
            throw Fault(program, $"printed nothing: it has to print an {ExecInfo.Kind} as JSON to its standard output");
        using var json = Parse(output, program);
        var root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw Fault(program, $"printed JSON that is not an object: it has to print an {ExecInfo.Kind}");
        CheckKind(root, program);
        if (!root.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Object)
            throw Fault(program, $"printed an {ExecInfo.Kind} without a status: it gives no credential");

        var (token, certificate, key) = (
            Text(status, "token", program), Text(status, "clientCertificateData", program), Text(status, "clientKeyData", program));
        if (token is null && certificate is null && key is null)
            throw Fault(program, "gave neither status.token nor status.clientCertificateData with status.clientKeyData");
        if (certificate is null != key is null)
            throw Fault(program, certificate is null
                ? "gave status.clientKeyData without status.clientCertificateData: both are needed"
                : "gave status.clientCertificateData without status.clientKeyData: both are needed");
        if (token is not null && !token.All(static c => c is > ' ' and < (char)127))
            throw Fault(program, "gave a status.token with a space, a line break or another character that no header can carry");
        return new(token, certificate, key, Expiry(status, program));
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> output, PluginProgram program)
    {
        try
        {
            return JsonDocument.Parse(output);
        }
        catch (JsonException e)
        {
            throw Fault(program, $"printed something that is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}): only the "
                + $"{ExecInfo.Kind} may go to its standard output, everything else to its standard error");
        }
    }

    private static void CheckKind(JsonElement root, PluginProgram program)
    {
        var kind = Text(root, "kind", program);
        if (kind != ExecInfo.Kind)
            throw Fault(program, $"printed an object of kind '{Quote(kind)}' instead of '{ExecInfo.Kind}'");
        var version = Text(root, "apiVersion", program);
        if (version != program.Exec.ApiVersion)
            throw Fault(program, $"answered in apiVersion '{Quote(version)}', but exec.apiVersion is '{program.Exec.ApiVersion}': "
                + "set it to the version that the plugin speaks");
    }

    private static DateTimeOffset? Expiry(JsonElement status, PluginProgram program)
    {
        if (!status.TryGetProperty("expirationTimestamp", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String || !value.TryGetDateTimeOffset(out var expires))
            throw Fault(program, "gave a status.expirationTimestamp that is no time as in RFC 3339, such as 2026-03-01T12:00:00Z");

        // What Go programs write for no time at all.
        return expires.UtcTicks == 0 ? null : expires;
    }

    private static string? Text(JsonElement parent, string name, PluginProgram program)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind != JsonValueKind.String ? throw Fault(program, $"gave a '{name}' that is not a string")
            : value.GetString() is { Length: > 0 } text ? text : null;
    }

    private static string Quote(string? text) => PlainText.Of(text ?? "", 100);

    private static PluginException Fault(PluginProgram program, string what) => new($"{program.Name} {what}.");
}
