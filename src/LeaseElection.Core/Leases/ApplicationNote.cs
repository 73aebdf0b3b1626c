namespace LeaseElection.Leases;

/// <summary>
/// The annotation <c>leaseelection/application</c>: whose election the holder's is, for people. No rule of the election reads it.
/// </summary>
internal static class ApplicationNote
{
    /// <summary>The annotation's key.</summary>
    public const string Annotation = "leaseelection/application";
}
