namespace LeaseElection.Chaos.Workers;

/// <summary>Whom the Lease names from then on; empty: nobody; null: there is no Lease.</summary>
internal sealed record HolderChange(long AtNs, string? Holder);
