namespace TestingYourWorker.App;

/// <summary>What the service's Program.cs calls, and the tests too: they test what runs in production.</summary>
internal static class Invoicing
{
    public static void AddInvoicing(this IServiceCollection services)
    {
        services.AddLeaderElection("invoicing").AddLeaderService<InvoiceWorker>();
        services.AddSingleton<InvoiceDesk>();
    }
}
