using System.Runtime.CompilerServices;
using LeaseElection.Hosting;
using LeaseElection.Runtime;
using LeaseElection.Runtime.Clock;
using LeaseElection.Runtime.Loop;
using LeaseElection.TestKit;
using LeaseElection.Tests.Runtime;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;


namespace LeaseElection.Tests.Hosting.Shell;

/// <summary>
/// A real host with one election, LeaseDuration 5 s, on a manual clock and a fake store: what users run, but for the server.
/// </summary>
internal sealed class HostedElection : IAsyncDisposable
{
    public const string Name = "reports";

    // A test that waits for what never comes must say so.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly IHost _host;
    private readonly QuietPool _quiet = new();

    public HostedElection(
        Action<LeaderElectionBuilder> work, Action<LeaderElectionOptions>? options = null, Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Services.AddSingleton(HolderClock.ByTimer(Time));
        builder.Services.AddSingleton<ILoggerProvider>(Log);
        builder.Services.AddLogging();
        var election = builder.Services.AddLeaderElection(Name, o =>
        {
            o.LeaseDuration = TimeSpan.FromSeconds(5);
            o.WhenWorkOverruns = WorkOverrunPolicy.Log;
            options?.Invoke(o);
        });
        election.Registration.Keeper = _ => new StoreKeeper(() => Store);
        work(election);
        services?.Invoke(builder.Services);
        _host = builder.Build();
        Elector = Services.GetRequiredKeyedService<Elector>(Name);
    }

    /// <summary>Gets or sets what lets go of all that blocks, before the host is disposed of.</summary>
    public Action? LetGo { get; set; }

    public ManualTimeProvider Time { get; } = new();

    public FakeLeaseStore Store { get; } = new(new());

    public LogHook Log { get; } = new();

    public Elector Elector { get; }

    public IServiceProvider Services => _host.Services;

    public IHostApplicationLifetime Lifetime => Services.GetRequiredService<IHostApplicationLifetime>();

    /// <summary>Gets a value indicating whether the Lease names this elector now.</summary>
    public bool Holds => Store.Lease?.Spec.HolderIdentity == Elector.Identity;

    public ElectionHealth Health => ElectionHealth.Of(Elector, Services.GetRequiredKeyedService<ElectorContext>(Name).Monitor!);

    public Task StartAsync() => _host.StartAsync(TestContext.Current.CancellationToken);

    public async Task<LeadershipTerm> LeadAsync()
    {
        await StartAsync();
        return await Elector.WaitForLeadershipAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Reloads the host's configuration.</summary>
    public void Reload() => ((IConfigurationRoot)Services.GetRequiredService<IConfiguration>()).Reload();

    public Task StopAsync(CancellationToken hurry = default) => _host.StopAsync(hurry);

    /// <summary>Disposes of the host and goes on: the process lives.</summary>
    public void DisposeHost() => ((ServiceProvider)Services).Dispose();

    /// <summary>Lets time pass in small steps, with a turn for the loop in each.</summary>
    public async Task AdvanceAsync(double seconds)
    {
        for (var i = 0; i < Math.Round(seconds * 10); i++)
            await StepAsync();
    }

    public async Task AdvanceUntilAsync(Func<bool> happened)
    {
        var from = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            await StepAsync();
            Assert.True(TimeProvider.System.GetElapsedTime(from) < Patience, "did not happen");
        }
    }

    public async Task AdvanceUntilAsync(Task happened)
    {
        await AdvanceUntilAsync(() => happened.IsCompleted);
        await happened;
    }

    /// <summary>Gives other threads their turn until this is so; time stands still.</summary>
    public static async Task UntilAsync(Func<bool> happened, [CallerArgumentExpression(nameof(happened))] string what = "")
    {
        var from = TimeProvider.System.GetTimestamp();
        while (!happened())
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            Assert.True(TimeProvider.System.GetElapsedTime(from) < Patience, $"did not happen: {what}");
            await Task.Yield();
        }
    }

    /// <summary>The same for a task.</summary>
    public static async Task UntilAsync(Task happened, [CallerArgumentExpression(nameof(happened))] string what = "")
    {
        await UntilAsync(() => happened.IsCompleted, what);
        await happened;
    }

    public async ValueTask DisposeAsync()
    {
        Log.On = null;
        LetGo?.Invoke();
        Elector.Dispose();
        await AdvanceUntilAsync(_host.StopAsync());
        var disposal = ((IAsyncDisposable)_host).DisposeAsync().AsTask();
        await AdvanceUntilAsync(disposal);
    }

    /// <summary>Waits until the election has dealt with all that has happened; the clock stands still.</summary>
    public Task SettleAsync() => _quiet.WaitAsync();

    private async Task StepAsync()
    {
        Time.Advance(TimeSpan.FromMilliseconds(100));
        await SettleAsync();
    }
}
