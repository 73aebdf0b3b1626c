namespace LeaseElection.Testing;

/// <summary>Which requests a fault hits, and how often. Used under its handle's lock.</summary>
internal sealed class FaultRule(
    IReadOnlyList<Fault> faults, Func<LeaseApiRequest, bool>? when, int times, double probability, Random? random)
{
    /// <summary>The fault that hits this request now, among those of the wanted kinds; null when none does.</summary>
    public Fault? Draw(LeaseApiRequest request, int hits, Func<Fault, bool> kinds)
    {
        if (hits >= times || !faults.Any(kinds) || when?.Invoke(request) == false)
            return null;
        if (random is null)
            return faults[0];
        // Two draws for every request that matches: the sequence depends on the seed and the requests alone.
#pragma warning disable CA5394 // Repeatable is what it is for.
        var hit = random.NextDouble() < probability;
        var fault = faults[random.Next(faults.Count)];
#pragma warning restore CA5394
        return hit && kinds(fault) ? fault : null;
    }
}
