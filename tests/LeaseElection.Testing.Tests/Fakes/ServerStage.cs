using System.Net;
using k8s;
using k8s.Autorest;

namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>The real elector as users make it, on a LeaseApiServer, in real time; the others write through a client of their own.</summary>
internal sealed class ServerStage : ElectionStage
{
    // Short, because one test waits for a deadline; long enough for two busy cores.
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(3);

    private readonly LeaseApiServer _server;
    private readonly LeaseApiUser _user;
    private readonly LeaderElector _elector;
    private readonly IKubernetes _client;
    private readonly SomeoneElse _others;
    private Task? _run;

    private ServerStage(LeaseApiServer server)
    {
        _server = server;
        _user = server.AddUser("replica-a", "get", "watch", "create", "update");
        _elector = LeaderElector.Create(server.CreateConfiguration(_user), new()
        {
            LeaseName = "reports",
            Identity = "a",
            LeaseDuration = LeaseDuration,
            // Long enough for a slow machine to see that nobody leads after a step-down.
            RetryPeriod = TimeSpan.FromSeconds(1),
        });
        _client = server.CreateClient();
        _others = new(_client, "default", "reports");
    }

    public override ILeaderElection Election => _elector;

    public static async Task<ElectionStage> OpenAsync() => new ServerStage(await LeaseApiServer.StartAsync(cancellationToken: Cancel));

    public override async Task<LeadershipTerm> LeadAsync()
    {
        if (await HolderAsync() is { Length: > 0 } holder && holder != Election.Identity)
            await WriteAsync("");
        Start();
        return await Election.WaitForLeadershipAsync(Cancel);
    }

    public override async Task HandToAsync(string leader)
    {
        await WriteAsync(leader);
        Start();
    }

    public override async Task ExpireAsync()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = Election.Term!.EndedToken.Register(ended.SetResult);
        _server.Faults.Add(Fault.BlackHole(), request => request.User == _user.Name);
        await ended.Task.WaitAsync(Cancel);
    }

    public override ValueTask EndAsync() => _elector.DisposeAsync();

    public override async ValueTask DisposeAsync()
    {
        _server.Faults.Clear();
        await _elector.DisposeAsync();
        await (_run ?? Task.CompletedTask);
        _client.Dispose();
        await _server.DisposeAsync();
    }

    private void Start() =>
        _run ??= _elector.RunAsync((_, token) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token), Cancel);

    private async Task<string?> HolderAsync()
    {
        try
        {
            return (await _others.GetAsync(Cancel)).Spec?.HolderIdentity;
        }
        catch (HttpOperationException error) when (error.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private async Task WriteAsync(string holder)
    {
        if (await HolderAsync() is null)
        {
            await _others.CreateHeldAsync(holder, 30, Cancel);
            return;
        }

        while (true)
        {
            try
            {
                await _others.StealAsync(holder, 30, Cancel);
                return;
            }
            catch (HttpOperationException error) when (error.Response.StatusCode == HttpStatusCode.Conflict)
            {
                // The leader renewed between the read and the write.
            }
        }
    }
}
