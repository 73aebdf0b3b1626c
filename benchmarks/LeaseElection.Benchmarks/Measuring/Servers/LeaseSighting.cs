namespace LeaseElection.Benchmarks.Measuring.Servers;

/// <summary>A version of a Lease, as a watch showed it.</summary>
/// <param name="Version">Its resourceVersion.</param>
/// <param name="Holder">Whom it names; empty: nobody.</param>
/// <param name="RenewTime">When its holder says that it sent this write, by the machine's wall clock.</param>
internal sealed record LeaseSighting(string Version, string Holder, DateTimeOffset? RenewTime);
