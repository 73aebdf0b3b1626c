using LeaseElection.Election.Inputs;
using Microsoft.Extensions.Options;

namespace LeaseElection.Settings;

/// <summary>Makes the machine's settings of the user's options.</summary>
internal static class SettingsFactory
{
    /// <summary>Validates the options and completes them.</summary>
    /// <param name="name">The election's name; null where only the options name the Lease.</param>
    /// <param name="options">The options.</param>
    /// <returns>Settings that keep every rule.</returns>
    /// <exception cref="OptionsValidationException">A rule is broken; the message has all of them.</exception>
    public static ElectionSettings Create(string? name, LeaderElectionOptions options)
    {
        var failures = OptionsRules.Check(name, options).ToList();
        if (failures.Count > 0)
            throw new OptionsValidationException(name ?? Options.DefaultName, typeof(LeaderElectionOptions), failures);

        var durations = new EffectiveDurations(options);
        return new()
        {
            Identity = options.Identity ?? ElectionIdentity.Create(Environment.GetEnvironmentVariable),
            LeaseDuration = durations.LeaseDuration,
            RenewDeadline = durations.RenewDeadline,
            RenewInterval = durations.RenewInterval,
            RetryPeriod = durations.RetryPeriod,
            RequestTimeout = durations.RequestTimeout,
            DrainTimeout = durations.DrainTimeout,
            ReleaseOnStop = options.ReleaseOnStop,
            WhenWorkFails = options.WhenWorkFails,
            WhenWorkCompletes = options.WhenWorkCompletes ?? WorkCompletionPolicy.KeepLeading,
            WhenWorkOverruns = options.WhenWorkOverruns,
        };
    }
}
