using System.Globalization;

namespace LeaseElection.Settings;

/// <summary>The rules of the options. Every message says the setting, its value, the rule, and what to do.</summary>
internal static class OptionsRules
{
    // .NET reads "15" in configuration as fifteen days: refuse it, rather than write a Lease of two weeks.
    private static readonly TimeSpan TooLong = TimeSpan.FromDays(1);

    /// <summary>Checks all rules.</summary>
    /// <param name="name">The election's name, which the Lease has unless the options say otherwise.</param>
    /// <param name="options">The options.</param>
    /// <returns>A message for every broken rule; none when all is well.</returns>
    public static IEnumerable<string> Check(string? name, LeaderElectionOptions options)
    {
        var durations = new EffectiveDurations(options);
        // Rules between settings make sense only when each setting keeps its own.
        var ranges = Ranges(durations, options).ToList();
        return [.. NameRules.Check(name, options), .. Policies(options), .. ranges, .. ranges.Count == 0 ? Relations(durations) : []];
    }

    private static IEnumerable<string> Ranges(EffectiveDurations d, LeaderElectionOptions options)
    {
        if (d.LeaseDuration < TimeSpan.FromSeconds(1) || d.LeaseDuration.Ticks % TimeSpan.TicksPerSecond != 0)
            yield return $"LeaseDuration is {d.LeaseDuration}; it must be a whole number of seconds, 1 or more, because the Lease carries "
                + "an integer and nothing is rounded. Set it to 00:00:15, for example.";
        if (d.LeaseDuration >= TooLong)
            yield return $"LeaseDuration is {d.LeaseDuration}; it must be less than a day. In configuration a plain number counts days: "
                + "write 15 seconds as 00:00:15.";
        // Only the durations that were set: the others follow from LeaseDuration, and have no fault of their own.
        foreach (var (setting, value) in new[]
        {
            ("RenewDeadline", options.RenewDeadline), ("RenewInterval", options.RenewInterval),
            ("RetryPeriod", options.RetryPeriod), ("RequestTimeout", options.RequestTimeout),
        })
        {
            if (value <= TimeSpan.Zero || value >= TooLong)
                yield return $"{setting} is {value}; it must be above 0, and less than a day. Leave it unset to have it scale with "
                    + "LeaseDuration; in configuration a plain number counts days: write 2 seconds as 00:00:02.";
        }

        if (d.DrainTimeout < TimeSpan.Zero || d.DrainTimeout >= TooLong)
            yield return $"DrainTimeout is {d.DrainTimeout}; it must be 0 or more, and less than a day. Set it to what the work needs to "
                + "end, below the host's ShutdownTimeout.";
    }

    private static IEnumerable<string> Relations(EffectiveDurations d)
    {
        if (d.LeaseDuration.Ticks * 4 < d.RenewDeadline.Ticks * 5)
        {
            var leastLease = TimeSpan.FromSeconds(Math.Ceiling(d.RenewDeadline.TotalSeconds * 1.25));
            yield return $"RenewDeadline is {d.RenewDeadline} and LeaseDuration is {d.LeaseDuration}; LeaseDuration must be at least "
                + "1.25 x RenewDeadline, or two could lead when clocks run at different rates. "
                + $"Set RenewDeadline to {d.LeaseDuration / 1.25} or less, or LeaseDuration to {leastLease} or more.";
        }

        var twoTries = d.RenewInterval + (d.RequestTimeout * 2);
        if (twoTries >= d.RenewDeadline)
            yield return $"RenewInterval is {d.RenewInterval}, RequestTimeout is {d.RequestTimeout} and RenewDeadline is "
                + $"{d.RenewDeadline}; RenewInterval + 2 x RequestTimeout ({twoTries}) must be less than RenewDeadline, or one failed "
                + "renewal would cost the term. Set RenewInterval or RequestTimeout lower, or leave them unset.";
        if (d.RetryPeriod > d.RenewDeadline)
            yield return $"RetryPeriod is {d.RetryPeriod} and RenewDeadline is {d.RenewDeadline}; RetryPeriod must not be longer than "
                + "RenewDeadline. Set it lower, or leave it unset.";
    }

    private static IEnumerable<string> Policies(LeaderElectionOptions options)
    {
        if (!Enum.IsDefined(options.Source))
            yield return Unknown("Source", options.Source);
        if (!Enum.IsDefined(options.WhenWorkFails))
            yield return Unknown("WhenWorkFails", options.WhenWorkFails);
        if (options.WhenWorkCompletes is { } completes && !Enum.IsDefined(completes))
            yield return Unknown("WhenWorkCompletes", completes);
        if (!Enum.IsDefined(options.WhenWorkOverruns))
            yield return Unknown("WhenWorkOverruns", options.WhenWorkOverruns);
    }

    private static string Unknown<T>(string setting, T value)
        where T : struct, Enum =>
        string.Create(CultureInfo.InvariantCulture, $"{setting} is {value}; it must be one of {string.Join(", ", Enum.GetNames<T>())}.");
}
