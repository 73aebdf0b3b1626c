using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Storage;

/// <summary>A Lease as it was after one write. Never changes.</summary>
internal sealed record StoredLease(LeaseKey Key, string Uid, long Version, IReadOnlyDictionary<string, string> Labels, byte[] Json)
{
    /// <summary>Gets a value indicating whether it goes as soon as its last finalizer has gone.</summary>
    public bool IsBeingDeleted { get; init; }

    /// <summary>The object, to be changed at will.</summary>
    public JsonObject ToObject() => JsonNode.Parse(Json)!.AsObject();
}
