namespace LeaseElection.Chaos.Options;

/// <summary>Everybody's durations, from the lease alone, in the proportions of the defaults: 15, 10 and 2 s.</summary>
internal sealed record Timings(TimeSpan Lease)
{
    public TimeSpan RenewDeadline => Lease * 2 / 3;

    public TimeSpan RetryPeriod => Lease * 2 / 15;

    /// <summary>Gets how soon somebody leads once nothing is wrong any more (docs/evidence.md, Chaos).</summary>
    public TimeSpan Recovery => (Lease * 4 / 3) + TimeSpan.FromSeconds(2);

    /// <summary>Gets a response's delay just under our RequestTimeout.</summary>
    public TimeSpan SlowForOurs => Lease * 2 / 15 * 0.93;

    /// <summary>Gets a response's delay just under the request timeout of client-go's users: 4.9 s of a 15 s lease.</summary>
    public TimeSpan SlowForPeers => Lease * 4.9 / 15;
}
