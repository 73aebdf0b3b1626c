using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Tests.Hosting.Shell;

/// <summary>Whose instance a leader service is: the term's own, or the container's where the application registered it.</summary>
[Collection(nameof(BlocksThreads))]
public sealed class LeaderServiceTests
{
    private readonly Seen _seen = new();

    public static TheoryData<string, bool> Ways => new()
    {
        { "generic", true },
        { "type", true },
        { "factory", true },
        { "transient", false },
        { "scoped", false },
        { "scoped-factory", false },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task EveryTerm_HasANewInstance_DisposedOfOnce(string way, bool isMade)
    {
        await using var host = Host(way);
        Assert.Equal(isMade, host.Services.GetService<IServiceProviderIsService>()?.IsService(typeof(Worker)) == false);
        await TwoTermsAsync(host);

        Assert.Equal(2, _seen.Instances.Distinct().Count());
        Assert.Equal(_seen.Instances, _seen.Disposed);
    }

    [Theory]
    [InlineData("singleton")]
    [InlineData("singleton-type")]
    [InlineData("singleton-factory")]
    public async Task Singleton_IsTheSameInEveryTerm_AndTheContainersToDisposeOf(string way)
    {
        var host = Host(way);
        await using (host)
        {
            await TwoTermsAsync(host);
            Assert.Single(_seen.Instances.Distinct());
            Assert.Equal(2, _seen.Runs);
            Assert.Empty(_seen.Disposed);
        }

        Assert.Single(_seen.Disposed);
    }

    [Fact]
    public async Task Singleton_InTwoParts_IsStartedOnce_AndTheTermFails()
    {
        await using var host = new HostedElection(
            static e => e.AddLeaderService<Worker>().AddLeaderService<Worker>(),
            services: s => s.AddSingleton(_seen).AddSingleton<Worker>());
        await host.StartAsync();
        await HostedElection.UntilAsync(() => host.Log.Events.Contains(13));
        Assert.InRange(_seen.Runs, 0, 1); // The term may have ended before the first one got to its work.

        await host.AdvanceUntilAsync(host.Elector.PauseAsync(TestContext.Current.CancellationToken));
        Assert.False(host.Holds);
    }

    [Theory]
    [InlineData(typeof(string))]
    [InlineData(typeof(BackgroundService))]
    [InlineData(typeof(IHostedService))]
    public void Type_ThatIsNoService_IsRefused(Type type)
    {
        var builder = new ServiceCollection().AddLeaderElection("reports");

        var thrown = Assert.Throws<ArgumentException>(() => builder.AddLeaderService(type));
        Assert.Contains($"{type} cannot be a leader service", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Factory_ThatReturnsNull_IsFailedWorkAndSaysSo()
    {
        await using var host = new HostedElection(static e => e.AddLeaderService(static _ => null!));
        await host.StartAsync();
        await HostedElection.UntilAsync(() => host.Log.Events.Contains(13));
    }

    private HostedElection Host(string way) => new(
        e => _ = way switch
        {
            "type" or "singleton-type" => e.AddLeaderService(_seen.Type),
            "factory" => e.AddLeaderService(s => new Worker(s.GetRequiredService<Seen>())),
            "scoped-factory" or "singleton-factory" => e.AddLeaderService(static s => s.GetRequiredService<Worker>()),
            _ => e.AddLeaderService<Worker>(),
        },
        services: services =>
        {
            services.AddSingleton(_seen);
            if (way.StartsWith("singleton", StringComparison.Ordinal))
                services.AddSingleton<Worker>();
            else if (way.StartsWith("scoped", StringComparison.Ordinal))
                services.AddScoped<Worker>();
            else if (way == "transient")
                services.AddTransient<Worker>();
        });

    private async Task TwoTermsAsync(HostedElection host)
    {
        await host.LeadAsync();
        await HostedElection.UntilAsync(() => _seen.Runs == 1);
        host.Elector.StepDown();
        await host.AdvanceUntilAsync(() => _seen.Runs == 2);
        await host.AdvanceUntilAsync(host.Elector.PauseAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Seen
    {
        private readonly Lock _gate = new();
        private readonly List<Worker> _instances = [];
        private readonly List<Worker> _disposed = [];

        public int Runs => Instances.Count;

        public Type Type { get; } = typeof(Worker);

        public IReadOnlyList<Worker> Instances
        {
            get
            {
                lock (_gate)
                    return [.. _instances];
            }
        }

        public IReadOnlyList<Worker> Disposed
        {
            get
            {
                lock (_gate)
                    return [.. _disposed];
            }
        }

        public void Ran(Worker worker)
        {
            lock (_gate)
                _instances.Add(worker);
        }

        public void WasDisposed(Worker worker)
        {
            lock (_gate)
                _disposed.Add(worker);
        }
    }

    private sealed class Worker(Seen seen) : BackgroundService
    {
        public override void Dispose()
        {
            base.Dispose();
            seen.WasDisposed(this);
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            seen.Ran(this);
            await new TaskCompletionSource().Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
