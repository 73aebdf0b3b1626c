namespace LeaseElection.Testing.Storage;

/// <summary>A namespace.</summary>
internal sealed record StoredNamespace(
    string Name, string Uid, long Version, DateTimeOffset Created, IReadOnlyDictionary<string, string> Labels);
