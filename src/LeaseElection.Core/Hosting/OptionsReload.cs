using LeaseElection.Diagnostics;
using LeaseElection.Runtime;
using LeaseElection.Runtime.Loop;
using LeaseElection.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LeaseElection.Hosting;

/// <summary>
/// Gives a running election the settings that changed. What an elector is made of (its Lease, its identity, its connection) stays until a
/// restart. If the new settings break a rule, all of them are rejected, and the election keeps its current settings. So does
/// <see cref="IOptionsMonitor{TOptions}"/>, which learns of a change only when the settings keep every rule.
/// </summary>
internal sealed class OptionsReload(IServiceProvider services, string name, Elector elector, ElectorContext context)
{
    private readonly Lock _gate = new();
    private LeaderElectionOptions _inForce = Create(services, name);

    /// <summary>Begins to listen.</summary>
    /// <returns>What ends it when disposed.</returns>
    public IEnumerable<IDisposable> Listen()
    {
        // Not through the options monitor, which would throw a setting's fault into the thread that reloads.
        if (services.GetService<IConfiguration>() is { } configuration)
            yield return ChangeToken.OnChange(configuration.GetReloadToken, Reload);
        foreach (var source in services.GetServices<IOptionsChangeTokenSource<LeaderElectionOptions>>())
        {
            if (source is not OptionsSignal && (string.IsNullOrEmpty(source.Name) || source.Name == name))
                yield return ChangeToken.OnChange(source.GetChangeToken, Reload);
        }
    }

    private static LeaderElectionOptions Create(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsFactory<LeaderElectionOptions>>().Create(name);

    private void Reload()
    {
        lock (_gate)
        {
            if (!Apply())
                return;
        }

        // The application's listeners must not run under our lock.
        services.GetRequiredKeyedService<OptionsSignal>(name).Fire();
        if (name.Length > 0 && IsSharedValid())
            services.GetRequiredKeyedService<OptionsSignal>(Options.DefaultName).Fire();
    }

    // A fault in the shared settings alone is no fault of this election.
    private bool IsSharedValid()
    {
        try
        {
            Create(services, Options.DefaultName);
            return true;
        }
        catch (Exception)
        {
            return false;
        }
    }

    private bool Apply()
    {
        try
        {
            var options = Create(services, name);
            if (OnlyAtStart(_inForce, options) is { Count: > 0 } late)
                ElectionLog.NotReloaded(context.Logger, context.Lease, string.Join(", ", late));
            _inForce = options;
            if (elector.Use(SettingsFactory.Create(elector.Name, options)))
                ElectionLog.Reloaded(context.Logger, context.Lease, options.LeaseDuration);
            return true;
        }
        catch (Exception error)
        {
            // A broken rule, or a value that cannot be read. The exception must not reach the code that reloads the configuration.
            ElectionLog.ReloadRefused(context.Logger, context.Lease, ForeignExceptions.MessageOf(error));
            return false;
        }
    }

    private static List<string> OnlyAtStart(LeaderElectionOptions old, LeaderElectionOptions now)
    {
        (string Name, bool Differs)[] settings =
        [
            (nameof(now.LeaseName), old.LeaseName != now.LeaseName),
            (nameof(now.Namespace), old.Namespace != now.Namespace),
            (nameof(now.Source), old.Source != now.Source),
            (nameof(now.Identity), old.Identity != now.Identity),
            (nameof(now.Labels),
                !old.Labels.OrderBy(static l => l.Key, StringComparer.Ordinal)
                    .SequenceEqual(now.Labels.OrderBy(static l => l.Key, StringComparer.Ordinal))),
            (nameof(now.PublishEvents), old.PublishEvents != now.PublishEvents),
            (nameof(now.LabelLeaderPod), old.LabelLeaderPod != now.LabelLeaderPod),
            (nameof(now.WhenWorkCompletes), old.WhenWorkCompletes != now.WhenWorkCompletes),
        ];
        return [.. settings.Where(static s => s.Differs).Select(static s => s.Name)];
    }
}
