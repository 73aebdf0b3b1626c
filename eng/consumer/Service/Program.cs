using LeaseElection;
using LeaseElection.Testing;
using Library;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// What a user writes, on the embedded API server: it leads, works once, and stops.
await using var server = await LeaseApiServer.StartAsync();
var worked = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton(server.CreateConfiguration());
builder.Services.AddSingleton<ReportGate>();
builder.Services.AddHealthChecks().AddLeaderElection();
builder.Services.AddLeaderElection("consumer").OnLeading((term, cancellationToken) =>
{
    worked.TrySetResult(term.FencingToken);
    return Task.Delay(Timeout.Infinite, cancellationToken);
});

using var host = builder.Build();
await host.StartAsync();
var token = await worked.Task.WaitAsync(TimeSpan.FromSeconds(30));
var gate = host.Services.GetRequiredService<ReportGate>();
var isLeader = host.Services.GetRequiredService<ILeaderElection>().IsLeader && gate.IsOpen && gate.FencingToken == token;
await host.StopAsync();
Console.WriteLine($"consumer: worked with fencing token {token}, leading: {isLeader}");
return token > 0 && isLeader ? 0 : 1;
