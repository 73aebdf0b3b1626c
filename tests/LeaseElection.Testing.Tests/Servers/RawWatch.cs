using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Tests.Servers;

/// <summary>An open watch, line by line.</summary>
internal sealed class RawWatch(HttpResponseMessage response, StreamReader reader) : IDisposable
{
    /// <summary>The next line; null at the end of the watch.</summary>
    public async Task<string?> LineAsync() => await reader.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>The next event, as TYPE name/label; null at the end of the watch.</summary>
    public async Task<string?> EventAsync()
    {
        if (await LineAsync() is not { } line)
            return null;
        var json = JsonNode.Parse(line)!;
        var metadata = json["object"]!["metadata"]!;
        return $"{json["type"]} {metadata["name"]}{(metadata["labels"]?["l"] is { } label ? $"/{label}" : "")}";
    }

    public void Dispose()
    {
        reader.Dispose();
        response.Dispose();
    }
}
