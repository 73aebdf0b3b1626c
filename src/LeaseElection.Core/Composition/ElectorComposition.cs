using System.Reflection;
using LeaseElection.Diagnostics;
using LeaseElection.Runtime;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Loop;
using LeaseElection.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeaseElection.Composition;

/// <summary>The composition root: puts an elector together from its parts. Every other class is given what it uses.</summary>
internal static class ElectorComposition
{
    /// <summary>An elector without a host.</summary>
    /// <param name="keeper">Who keeps its Lease.</param>
    /// <param name="options">The settings; LeaseName must be set.</param>
    /// <param name="time">The clocks; null: the system's.</param>
    /// <param name="loggers">Where to log; null: nowhere.</param>
    /// <returns>The elector.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is missing or out of its range.</exception>
    public static Elector Create(ILeaseKeeper keeper, LeaderElectionOptions options, TimeProvider? time, ILoggerFactory? loggers)
    {
        time ??= TimeProvider.System;
        loggers ??= NullLoggerFactory.Instance;
        var queues = ForeignQueues.For(loggers, time);
        var context = CreateContext(options.LeaseName, keeper, options, time, loggers, queues, ElectionMeter.Shared);
        return new(context, options.WhenWorkCompletes);
    }

    /// <summary>What an elector is made of.</summary>
    /// <param name="name">The election's name; null where only the options name the Lease.</param>
    /// <param name="keeper">Who keeps its Lease.</param>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clocks.</param>
    /// <param name="loggers">Where to log.</param>
    /// <param name="queues">What runs the loggers and the host's callbacks.</param>
    /// <param name="meter">What counts and measures.</param>
    /// <param name="clock">The clock that a holder believes in; null: the process's for <paramref name="time"/>.</param>
    /// <param name="application">The application's name; null: the entry assembly's.</param>
    /// <returns>The parts.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A setting is missing or out of its range.</exception>
    public static ElectorContext CreateContext(
        string? name, ILeaseKeeper keeper, LeaderElectionOptions options, TimeProvider time,
        ILoggerFactory loggers, ForeignQueues queues, ElectionMeter meter, HolderClock? clock = null, string? application = null)
    {
        application ??= Assembly.GetEntryAssembly()?.GetName().Name;
#pragma warning disable CA5394 // Spreads renewals in time; guards nothing.
        var settings = SettingsFactory.Create(name, options) with { FirstRenewal = 0.25 + (0.75 * new Random().NextDouble()) };
#pragma warning restore CA5394
        var leaseName = options.LeaseName ?? name!;
        var logger = queues.Logger(loggers);
        var lease = keeper.Find(new(leaseName, options, settings.Identity, settings.RequestTimeout, time, logger)
        {
            Application = application,
        });
        return new()
        {
            Name = name ?? leaseName,
            Application = application,
            Settings = settings,
            Lease = lease.Shown,
            OpenStore = lease.OpenStore,
            SayWhere = lease.SayWhere,
            Announcers = lease.Announcers,
            Time = time,
            Clock = clock ?? HolderClock.For(time),
            Logger = logger,
            Queues = queues,
            Monitor = new(meter, time, name ?? leaseName, lease.Shown, settings.Identity),
        };
    }
}
