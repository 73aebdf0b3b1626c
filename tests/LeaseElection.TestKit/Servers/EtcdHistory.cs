using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace LeaseElection.TestKit;

/// <summary>The versions that an etcd still knows.</summary>
internal sealed class EtcdHistory(Uri etcd) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = etcd };

    /// <summary>Makes it forget all but the newest.</summary>
    public async Task CompactAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync("v3/kv/range", new() { ["key"] = "AA==", ["count_only"] = true }, cancellationToken);
        var newest = (string)answer["header"]!["revision"]!;
        await AskAsync("v3/kv/compaction", new() { ["revision"] = newest, ["physical"] = true }, cancellationToken);
    }

    public void Dispose() => _client.Dispose();

    private async Task<JsonNode> AskAsync(string path, JsonObject question, CancellationToken cancellationToken)
    {
        using var response = await _client.PostAsJsonAsync(path, question, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!;
    }
}
