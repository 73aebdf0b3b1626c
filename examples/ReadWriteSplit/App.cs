namespace ReadWriteSplit;

/// <summary>Commands on the leader alone, queries on every replica.</summary>
internal static class App
{
    public static WebApplication Create(string[] args, Action<IServiceCollection>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddLeaderElection("read-write-split");
        builder.Services.AddHealthChecks().AddLeaderElection();
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<Orders>();
        builder.Services.AddSingleton<LeaderOnly>();
        configure?.Invoke(builder.Services); // For the tests.

        var app = builder.Build();
        app.MapGet("/orders", static (Orders orders) => orders.All);
        app.MapPost(
            "/orders",
            static (NewOrder order, Orders orders, LeaderOnly leader) => leader.Run(term => orders.Add(order, term.FencingToken)));
        app.MapHealthChecks("/healthz"); // For a liveness probe; never says whether this replica leads.
        return app;
    }
}
