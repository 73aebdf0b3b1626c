using LeaseElection;

namespace FailoverDemo.Story;

/// <summary>The durations of the election, as far as the story needs them.</summary>
/// <param name="LeaseDuration">How long a silent leader is waited for.</param>
/// <param name="RenewDeadline">How long a leader believes in its term without a renewal.</param>
/// <param name="RenewInterval">How often it renews.</param>
internal sealed record Timings(TimeSpan LeaseDuration, TimeSpan RenewDeadline, TimeSpan RenewInterval)
{
    /// <summary>Those that are not set scale with the lease's, as documented at <see cref="LeaderElectionOptions"/>.</summary>
    public static Timings Of(LeaderElectionOptions options) => new(
        options.LeaseDuration, options.RenewDeadline ?? options.LeaseDuration * 2 / 3, options.RenewInterval ?? options.LeaseDuration / 5);
}
