namespace LeaseElection.Benchmarks.Measuring.Candidates;

/// <summary>One hand-over, by the monotonic clock.</summary>
/// <param name="AskedNs">The old leader was asked to leave.</param>
/// <param name="EndedNs">Its work had ended; null where it does not say.</param>
/// <param name="BegunNs">The next one's work began.</param>
internal sealed record HandOver(long AskedNs, long? EndedNs, long BegunNs)
{
    public double FromAskedMs => Clock.Milliseconds(AskedNs, BegunNs);

    public double? FromEndedMs => EndedNs is { } ended ? Clock.Milliseconds(ended, BegunNs) : null;
}
