using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LeaseElection.Hosting;
using LeaseElection.Runtime;
using LeaseElection.Runtime.Clock;
using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Parts;
using LeaseElection.Simulation.Shell.Plans;
using LeaseElection.Simulation.Shell.Records;
using LeaseElection.Simulation.Shell.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LeaseElection.Simulation.Shell.Hosts;

/// <summary>One host of a world: the real one, with the real election, and user code that does as planned.</summary>
[SuppressMessage(
    "Design", "CA1001", Justification = "Disposing of a host is an event of the world, which may block: see Dispose(EventKind).")]
internal sealed class ShellHost
{
    private const string Name = "work";

    private readonly HostPlan _plan;
    private readonly Actor _actor;
    private readonly WorldTime _time;
    private readonly Chronicle _chronicle;
    private readonly IHost _host;
    private readonly IHealthCheck _health;
    private readonly HealthCheckContext _asking;
    private readonly ForeignCode _foreign;
    private readonly IHostApplicationLifetime _lifetime;
    private int _stops;

    public ShellHost(
        string name, HostPlan plan, ShellSettings settings, ShellServer server, Actor actor, WorldTime time, Chronicle chronicle, Dice dice)
    {
        (_plan, _actor, _time, _chronicle) = (plan, actor, time, chronicle);
        Record = new(name) { StartedAt = time.Now };
        Link = new(Record, time, plan.Latency);
        _foreign = new(plan.Foreign, Record, actor, time);
        server.Connect(Record);

        var builder = Host.CreateEmptyApplicationBuilder(
            new() { DisableDefaults = true, ApplicationName = "shell", ContentRootPath = AppContext.BaseDirectory });
        var services = builder.Services;
        services.AddSingleton<IHostLifetime, QuietLifetime>();
        services.AddSingleton<TimeProvider>(time);
        services.Configure<HostOptions>(static o => o.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        services.AddSingleton<ILoggerProvider>(new WitnessLogger(Record, time, chronicle));
        foreach (var foreign in plan.Foreign.Where(static f => f.Kind <= ForeignKind.LoggerThrowsWhenDisposed))
            services.AddSingleton<ILoggerProvider>(_ => new BadLogger(foreign, Record, actor, time));
        services.AddHealthChecks().AddLeaderElection();
        services.AddSingleton<IHostedService>(new StopWitness(Record, time));
        var parts = new PartMaker(plan, Record, actor, time, chronicle) { TermSeen = _foreign.OnTerm, TokenSeen = _foreign.OnPart };
        services.AddSingleton(parts);
        services.AddSingleton(HolderClock.ByTimer(time));
        services.AddScoped<ScopedThing>();
        var election = ElectionServices.Add(services, Name, options =>
        {
            settings.Apply(options);
            options.Identity = name;
        });
        PartRegistry.Add(election, plan.Parts);
        election.Registration.Keeper = _ => new ShellKeeper(() => new ShellStore(server, Link, Record, time, settings.RenewDeadline));
        // The dice are the world's, and the end of a process is told to the world.
        services.AddKeyedSingleton(Name, (s, _) => Loaded(ElectorFactory.CreateContext(s, election.Registration), dice));

        if (plan.Foreign.Any(static f => f.Kind == ForeignKind.StartWaitsForLeadership))
            services.AddHostedService(s => new ImpatientService(s.GetRequiredService<ILeaderElection>(), Record, actor, time));

        _host = builder.Build();
        _lifetime = _host.Services.GetRequiredService<IHostApplicationLifetime>();
        Election = _host.Services.GetRequiredService<ILeaderElection>();
        _foreign.Register(_host.Services);
        var check = _host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.First();
        _asking = new() { Registration = check };
        _health = check.Factory(_host.Services);
    }

    public HostRecord Record { get; }

    public Link Link { get; }

    public ILeaderElection Election { get; }

    public bool IsStarted { get; private set; }

    public void Start() => Run("StartAsync", async () =>
    {
        using var activity = _plan.Foreign.Any(static f => f.Kind == ForeignKind.StartedInAnActivity)
            ? new Activity("start").Start()
            : null;
        await _host.StartAsync(CancellationToken.None);
        IsStarted = true;
    });

    public void Stop(TimeSpan hurry)
    {
        Record.StoppingSince ??= _time.Now;
        if (Interlocked.Exchange(ref _stops, 1) != 0)
            return;
        Record.StopCalledAt = _time.Now;
        Run("StopAsync", async () =>
        {
            using var haste = new CancellationTokenSource();
            using var timer = hurry > TimeSpan.Zero ? _time.CreateTimer(_ => Hurry(haste), null, hurry, Timeout.InfiniteTimeSpan) : null;
            await _host.StopAsync(haste.Token);
            Record.StopWentOnAt ??= _time.Now;
        });
    }

    /// <summary>As a host that runs does: StopApplication, and StopAsync when that is noticed.</summary>
    public void StopApplication() => Run("StopApplication", () =>
    {
        Record.StoppingSince ??= _time.Now;
        _lifetime.StopApplication();
        if (_plan.StopsAfterCallbacks)
            Stop(TimeSpan.Zero);
        return Task.CompletedTask;
    });

    public void Dispose(EventKind how)
    {
        if (Record.DisposeCalledAt is not null)
            return;
        Record.DisposeCalledAt = _time.Now;
        Record.Health = null;
        _foreign.Dispose();
        Run("Dispose", async () =>
        {
            try
            {
                if (how == EventKind.DisposeAsync)
                    await ((IAsyncDisposable)_host).DisposeAsync();
                else if (how == EventKind.Dispose)
                    _host.Dispose();
                else
                    ((IDisposable)_host.Services).Dispose();
            }
            catch (Exception error) // Nothing that is disposed of may throw.
            {
                Record.DisposeThrew = error.Message;
            }

            Record.DisposedAt = _time.Now;
        });
    }

    public void Die()
    {
        _chronicle.Note($"{Record.Name} is dead");
        Record.IsDead = true;
        Record.Health = null;
    }

    /// <summary>What the world looks at when all is quiet.</summary>
    /// <returns>Whether something runs on by that.</returns>
    public bool Look()
    {
        if (Record.IsDead || Record.DisposeCalledAt is not null || !_lifetime.ApplicationStopping.IsCancellationRequested)
            return false;
        Record.StoppingSince ??= _time.Now;
        if (Record.StopCalledAt is not null || (_plan.StopsAfterCallbacks && !_actor.IsCalm))
            return false;
        Stop(TimeSpan.Zero);
        return true;
    }

    /// <summary>Asks its health, as a probe does. Not often: a look at the clock ends an expired term, which would help the host.</summary>
    /// <returns>Whether it was asked.</returns>
    public bool Probe()
    {
        if (!IsStarted || Record.IsDead || Record.DisposeCalledAt is not null)
            return false;
        Record.HealthAskedAt = _time.Now;
        var said = _health.CheckHealthAsync(_asking, CancellationToken.None).GetAwaiter().GetResult();
        (Record.Health, Record.HealthReason) = (said.Status.ToString(), said.Description);
        return true;
    }

    private void Hurry(CancellationTokenSource haste)
    {
        Record.StopHurriedAt ??= _time.Now;
        haste.Cancel();
    }

    private ElectorContext Loaded(ElectorContext context, Dice dice) => context with
    {
        Random = dice.AsRandom(),
        Settings = context.Settings with { FirstRenewal = _plan.FirstRenewal },
        FailFast = _ =>
        {
            if (Record.Terms.Count > 0)
                Record.Terms[^1].OverrunToldAt ??= _time.Now;
            Die(); // All of its work is over by that.
        },
    };

    private void Run(string what, Func<Task> act)
    {
        _chronicle.Note($"{Record.Name}: {what}");
        _ = Task.Run(async () =>
        {
            try
            {
                await act();
                _chronicle.Note($"{Record.Name}: {what} returned");
            }
            catch (Exception error) // Of a host that is stopped or disposed of while something else goes on; its record tells what matters.
            {
                _chronicle.Note($"{Record.Name}: {what} threw {error.GetType().Name}: {error.Message}");
                if (what == "StopAsync")
                    Record.StopWentOnAt ??= _time.Now;
            }
        });
    }
}
