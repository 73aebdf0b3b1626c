namespace LeaseElection.Connection.Credentials;

/// <summary>How often a source is asked.</summary>
/// <param name="Every">Ask again when a request comes and the last answer is older than this; null: by the credential's life alone.</param>
/// <param name="LongestPause">The longest pause after failures, which begin at one second and double.</param>
/// <param name="BetweenRefusals">For so long after a 401 made it be asked, another 401 does not.</param>
internal sealed record RenewalPace(TimeSpan? Every, TimeSpan LongestPause, TimeSpan BetweenRefusals)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Gets that of programs, which cost something to run and say how long their answer is good for.</summary>
    public static RenewalPace OfPlugins { get; } = new(null, 30 * Second, 5 * Second);

    /// <summary>Gets that of files: reading them costs next to nothing, and a 401 is the first that is heard of a new one.</summary>
    public static RenewalPace OfFiles { get; } = new(Second, Second, TimeSpan.Zero);

    /// <summary>Gets that of the application's own provider, which keeps what it has and does not say until when.</summary>
    public static RenewalPace OfApplications { get; } = new(2 * Second, 5 * Second, 2 * Second);

    /// <summary>The pause after so many failures, or after so many answers that were good for next to nothing.</summary>
    public TimeSpan PauseAfter(int failures) =>
        TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, Math.Min(failures, 20) - 1)));

    /// <summary>When a credential is renewed: at 80 % of its life, but some seconds before the end: a renewal takes a while.</summary>
    public TimeSpan? RenewAfter(TimeSpan? life)
    {
        if (life is not { } whole)
            return Every;
        var (late, early) = (whole * 0.8, whole - (5 * Second));
        return Max(Second, Max(whole * 0.5, late < early ? late : early));
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
