using System.Collections.Immutable;

namespace LeaseElection.Testing.Storage;

/// <summary>All that the store holds, at one version.</summary>
internal sealed record StoreImage(
    long Version, ImmutableSortedDictionary<LeaseKey, StoredLease> Leases, ImmutableSortedDictionary<string, StoredNamespace> Namespaces);
