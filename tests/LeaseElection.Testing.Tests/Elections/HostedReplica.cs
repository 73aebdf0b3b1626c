using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Testing.Tests.Elections;

/// <summary>A real host with one election, LeaseDuration 2 s, on the embedded server.</summary>
internal sealed class HostedReplica : IAsyncDisposable
{
    private const string Name = "shell";

    private readonly IHost _host;
    private bool _isGone;

    public HostedReplica(
        LeaseApiServer server, Action<LeaderElectionBuilder> work, Action<LeaderElectionOptions>? options =
            null, Action<IServiceCollection>? services = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(
            server.CreateConfiguration(server.AddUser($"user-{Guid.NewGuid():N}", "get", "watch", "create", "update")));
        builder.Services.AddLogging();
        work(builder.Services.AddLeaderElection(Name, o =>
        {
            o.LeaseDuration = TimeSpan.FromSeconds(2);
            o.PublishEvents = false;
            o.WhenWorkOverruns = WorkOverrunPolicy.Log;
            options?.Invoke(o);
        }));
        services?.Invoke(builder.Services);
        _host = builder.Build();
    }

    public ILeaderElection Election => _host.Services.GetRequiredService<ILeaderElection>();

    public IHostApplicationLifetime Lifetime => _host.Services.GetRequiredService<IHostApplicationLifetime>();

    public async Task<HostedReplica> StartAsync()
    {
        await _host.StartAsync(TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>Stops the host, which may give up when it is hurried.</summary>
    public async Task StopAsync(CancellationToken hurry)
    {
        try
        {
            await _host.StopAsync(hurry);
        }
        catch (OperationCanceledException) when (hurry.IsCancellationRequested)
        {
            // As a host whose ShutdownTimeout is over.
        }
    }

    public async Task DisposeHostAsync()
    {
        _isGone = true;
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_isGone)
            return;
        await _host.StopAsync(CancellationToken.None);
        await DisposeHostAsync();
    }
}
