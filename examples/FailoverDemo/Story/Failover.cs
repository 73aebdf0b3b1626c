namespace FailoverDemo.Story;

/// <summary>From one leader to the next.</summary>
/// <param name="Kind">What happened to the old one.</param>
/// <param name="From">The old leader.</param>
/// <param name="To">The new leader.</param>
/// <param name="SinceWorkEnded">From the end of the old leader's work to the begin of the new one's.</param>
/// <param name="SinceRenewal">From the old leader's last successful write to the begin of the new one's work.</param>
internal sealed record Failover(Disruption Kind, string From, string To, TimeSpan SinceWorkEnded, TimeSpan SinceRenewal)
{
    public static Failover Between(Term old, Term next) => new(
        old.Disruption, old.Replica, next.Replica, next.Began - (old.Ended ?? next.Began), next.Began - old.Renewed);

    /// <summary>
    /// Gets the figure to judge it by: a silent leader is waited for since its last renewal, any other since its work ended.
    /// </summary>
    public TimeSpan Took => Kind is Disruption.Freeze ? SinceRenewal : SinceWorkEnded;
}
