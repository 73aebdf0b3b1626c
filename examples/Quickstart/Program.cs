using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quickstart;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddLeaderElection("report-worker")   // the Lease's name; the rest comes from configuration
    .AddLeaderService<ReportWorker>();                 // any IHostedService: runs only while this pod leads
builder.Build().Run();
