using LeaseElection.Diagnostics;
using LeaseElection.Pump;
using LeaseElection.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LeaseElection.Hosting;

/// <summary>
/// Hands a running election the settings that changed. What an elector is made of (its Lease, its identity, its connection) stays until a restart;
/// settings that break a rule are refused as a whole, and the election goes on with those that it has.
/// </summary>
internal sealed class OptionsReload(IServiceProvider services, LeaderElector elector, ElectorContext context)
{
    private readonly Lock _gate = new();
    private LeaderElectionOptions _inForce = Options(services, elector.Name);

    /// <summary>Begins to listen.</summary>
    /// <returns>What ends it when disposed.</returns>
    public IEnumerable<IDisposable> Listen()
    {
        // Not through the options monitor: it would throw what is wrong with a setting into the thread that reloads.
        if (services.GetService<IConfiguration>() is { } configuration)
            yield return ChangeToken.OnChange(configuration.GetReloadToken, Reload);
        foreach (var source in services.GetServices<IOptionsChangeTokenSource<LeaderElectionOptions>>().Where(s => s.Name is null || s.Name == elector.Name))
            yield return ChangeToken.OnChange(source.GetChangeToken, Reload);
    }

    private static LeaderElectionOptions Options(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsFactory<LeaderElectionOptions>>().Create(name);

    private void Reload()
    {
        lock (_gate)
            Apply();
    }

    private void Apply()
    {
        try
        {
            var options = Options(services, elector.Name);
            if (OnlyAtStart(_inForce, options) is { Count: > 0 } late)
                ElectionLog.NotReloaded(context.Logger, context.Lease, string.Join(", ", late));
            _inForce = options;
            if (elector.Use(SettingsFactory.Create(elector.Name, options)))
                ElectionLog.Reloaded(context.Logger, context.Lease, options.LeaseDuration);
        }
        catch (Exception error)
        {
            // A broken rule, or a value that cannot be read. Nothing of it may reach whoever reloads the configuration.
            ElectionLog.ReloadRefused(context.Logger, context.Lease, ForeignExceptions.MessageOf(error));
        }
    }

    private static List<string> OnlyAtStart(LeaderElectionOptions old, LeaderElectionOptions now)
    {
        (string Name, bool Differs)[] settings =
        [
            (nameof(now.LeaseName), old.LeaseName != now.LeaseName),
            (nameof(now.Namespace), old.Namespace != now.Namespace),
            (nameof(now.Identity), old.Identity != now.Identity),
            (nameof(now.Labels), !old.Labels.OrderBy(static l => l.Key, StringComparer.Ordinal).SequenceEqual(now.Labels.OrderBy(static l => l.Key, StringComparer.Ordinal))),
            (nameof(now.PublishEvents), old.PublishEvents != now.PublishEvents),
            (nameof(now.LabelLeaderPod), old.LabelLeaderPod != now.LabelLeaderPod),
            (nameof(now.WhenWorkCompletes), old.WhenWorkCompletes != now.WhenWorkCompletes),
        ];
        return [.. settings.Where(static s => s.Differs).Select(static s => s.Name)];
    }
}
