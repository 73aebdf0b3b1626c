namespace LeaseElection.Testing.Storage;

/// <summary>What is put into a watch's channel.</summary>
internal readonly record struct WatchItem(WatchItemKind Kind, long Version = 0, StoreEvent? Event = null);
