using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>What a write comes to.</summary>
/// <param name="Status">The answer's code.</param>
/// <param name="Stored">What is stored from now on; null: nothing.</param>
/// <param name="Answer">What is answered.</param>
internal sealed record Result(int Status, StoredLease? Stored, StoredLease Answer)
{
    public static Result Created(StoredLease lease) => new(201, lease, lease);

    public static Result Updated(StoredLease lease) => new(200, lease, lease);
}
