using LeaseElection;
using LeaseElection.Chaos.LateWorker;
using Microsoft.Extensions.Logging;
using SingletonWorker;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddSingleton<JsonLines>();
builder.Services.AddSingleton<IReport>(services => new JsonReport(
    new(() => services.GetRequiredService<ILeaderElection>().Identity), TimeProvider.System, services.GetRequiredService<JsonLines>()));
builder.Services.AddLeaderElection("late-worker").AddLeaderService<LateWriter>();
await builder.Build().RunAsync();
