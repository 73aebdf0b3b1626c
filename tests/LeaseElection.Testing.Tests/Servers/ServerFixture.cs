namespace LeaseElection.Testing.Tests.Servers;

/// <summary>A server of its own for every test, and a client for it.</summary>
public abstract class ServerFixture : IAsyncLifetime
{
    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected LeaseApiServer Server { get; private set; } = null!;

    private protected RawClient Client { get; private set; } = null!;

    private protected virtual LeaseApiServerOptions Options => new();

    public async ValueTask InitializeAsync()
    {
        Server = await LeaseApiServer.StartAsync(Options, Cancel);
        Client = new(Server);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
