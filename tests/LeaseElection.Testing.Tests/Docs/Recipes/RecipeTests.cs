using Hangfire.InMemory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Testing.Tests.Docs.Recipes;

/// <summary>
/// docs/recipes.md: other libraries' hosted services work on the leader alone, term after term. Two replicas each, on the embedded server.
/// </summary>
public sealed class RecipeTests : IAsyncLifetime
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // A test that waits for what never comes must say so.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<IHost> _hosts = [];
    private readonly Dictionary<IHost, int> _workedBefore = [];
    private LeaseApiServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);

    [Fact]
    public Task Quartz_SchedulesOnTheLeaderAlone() => WorksOnTheLeaderAloneAsync(QuartzRecipe.Add, static _ => Task.CompletedTask);

    [Fact]
    public async Task Hangfire_ServesOnTheLeaderAlone()
    {
        using var storage = new InMemoryStorage(); // What a database is to real replicas: one for both.
        await WorksOnTheLeaderAloneAsync(builder => HangfireRecipe.Add(builder, storage), static services =>
        {
            HangfireRecipe.Enqueue(services);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public Task MassTransit_ConsumesOnTheLeaderAlone() =>
        WorksOnTheLeaderAloneAsync(MassTransitRecipe.Add, static services => MassTransitRecipe.PublishAsync(services, Cancel));

    public async ValueTask DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.StopAsync(CancellationToken.None);
            host.Dispose();
        }

        await _server.DisposeAsync();
    }

    private async Task WorksOnTheLeaderAloneAsync(Action<HostApplicationBuilder> recipe, Func<IServiceProvider, Task> ask)
    {
        var leader = await StartAsync(recipe);
        await WorksAsync(leader, ask);
        var standby = await StartAsync(recipe);
        for (var term = 0; term < 3; term++)
        {
            await WorksAsync(leader, ask);
            await TryAsync(ask, standby);
            Assert.Equal(WorkedBefore(standby), Of(standby).Times);
            await Election(leader).StepDownAsync(Cancel);
            _workedBefore[leader] = Of(leader).Times;
            await Election(standby).WaitForLeadershipAsync(Cancel);
            (leader, standby) = (standby, leader);
        }
    }

    private int WorkedBefore(IHost host) => _workedBefore.GetValueOrDefault(host);

    private static async Task WorksAsync(IHost leader, Func<IServiceProvider, Task> ask)
    {
        var from = TimeProvider.System.GetTimestamp();
        for (var before = Of(leader).Times; Of(leader).Times < before + 3;)
        {
            var waited = TimeProvider.System.GetElapsedTime(from);
            Assert.True(waited < Patience, $"the leader does not work (does it lead? {Election(leader).IsLeader})");
            await ask(leader.Services).WaitAsync(Patience, TimeProvider.System, Cancel);
            await Task.Delay(Pause, TimeProvider.System, Cancel);
        }
    }

    // What a standby is asked to do may wait, or be refused: a bus that was not started takes nothing.
    private static async Task TryAsync(Func<IServiceProvider, Task> ask, IHost standby)
    {
        await ask(standby.Services).WaitAsync(Pause * 4, TimeProvider.System, Cancel)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Delay(Pause * 4, TimeProvider.System, Cancel);
    }

    private static Worked Of(IHost host) => host.Services.GetRequiredService<Worked>();

    private static ILeaderElection Election(IHost host) => host.Services.GetRequiredService<ILeaderElection>();

    private async Task<IHost> StartAsync(Action<HostApplicationBuilder> recipe)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(_server.CreateConfiguration());
        builder.Services.AddSingleton<Worked>();
        builder.Services.AddLogging();
        recipe(builder);
        var host = builder.Build();
        _hosts.Add(host);
        await host.StartAsync(Cancel);
        return host;
    }
}
