using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeaseElection.RealServer.Tests.Reference.Recording;

/// <summary>
/// The credential plugin of a case: the one program, linked into its folder, which writes down how it was run and prints the file that
/// the variable CORPUS_ANSWER names. Written once, because a program that was written just now cannot always be run ("text file busy").
/// </summary>
internal sealed class PluginLog
{
    private const string Program = """
        #!/bin/sh
        folder=${0%/*}
        printf '%s\0' "$0" "$@" >"$folder/ran/$$.arguments"
        cat "/proc/$$/environ" >"$folder/ran/$$.environment"
        [ -z "$CORPUS_WORDS" ] || echo "$CORPUS_WORDS" >&2
        cat "$folder/${CORPUS_ANSWER:-token.json}"
        exit "${CORPUS_EXIT:-0}"

        """;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Information = "KUBERNETES_EXEC_INFO";

    private readonly string _ran;

    public PluginLog(string folder, string program)
    {
        _ran = Path.Combine(folder, "ran");
        File.CreateSymbolicLink(Path.Combine(folder, "plugin"), program);
        File.CreateSymbolicLink(Path.Combine(folder, "sub"), ".");
    }

    public static async Task WriteAsync(string path, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path, Program, cancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>How it was run; several runs that are alike count as one.</summary>
    public IReadOnlyList<string> Lines()
    {
        if (!Directory.Exists(_ran))
            return [];
        var arguments = Directory.GetFiles(_ran, "*.arguments")
            .Select(file => $"plugin run as {string.Join(' ', Read(file).Select(argument => $"'{argument}'"))}");
        var variables = Directory.GetFiles(_ran, "*.environment").SelectMany(Read)
            .Where(v => v.StartsWith(Information, StringComparison.Ordinal) || v.StartsWith("CORPUS_", StringComparison.Ordinal))
            .Select(v => $"plugin's {Sorted(v)}");
        return [.. arguments.Concat(variables).Distinct().Order(StringComparer.Ordinal)];
    }

    private static string[] Read(string file) => Encoding.UTF8.GetString(File.ReadAllBytes(file)).Split('\0')[..^1];

    private static string Sorted(string variable)
    {
        if (!variable.StartsWith(Information + "=", StringComparison.Ordinal))
            return variable;
        try
        {
            return JsonNode.Parse(variable[(Information.Length + 1)..]) is { } node
                ? $"{Information}={Sorted(node).ToJsonString(Plain)}"
                : variable;
        }
        catch (JsonException)
        {
            return variable;
        }
    }

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject all => new JsonObject(
            all.OrderBy(p => p.Key, StringComparer.Ordinal)
                .Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : (JsonNode?)Sorted(p.Value)))),
        JsonArray all => new JsonArray([.. all.Select(item => item is null ? null : Sorted(item))]),
        _ => node.DeepClone(),
    };
}
