using TestingYourWorker.App;

namespace TestingYourWorker;

/// <summary>The whole host without a cluster: this process leads, and all else is as in production.</summary>
public sealed class StandaloneTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Host_Standalone_DoesTheLeadersWork()
    {
        var ledger = new FakeLedger();
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<ILedger>(ledger);
        builder.Services.AddInvoicing(); // As Program.cs does.
        builder.Services.AddLeaderElection("invoicing").UseStandalone(); // The same election again, without a cluster.
        using var host = builder.Build();
        await host.StartAsync(Cancel);

        await ledger.UntilAsync(e => e.Invoice == "due-1");
        await host.StopAsync(Cancel);
    }
}
