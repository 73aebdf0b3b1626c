using System.Text.Json;
using System.Text.Json.Nodes;

namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>What a server said.</summary>
internal sealed record Answer(int Status, IReadOnlyList<(string Name, string Value)> Headers, string Body)
{
    /// <summary>Gets the body as one JSON value; null where it is none.</summary>
    public JsonNode? Json { get; } = Parse(Body);

    private static JsonNode? Parse(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
