using SingletonWorker;
using SingletonWorker.Embedded;

var start = Start.Read(args);
if (start.ExitCode is { } exitCode)
    return exitCode; // --help, or a mistake in the command line.
if (start.Cluster is null)
    return await EmbeddedDemo.RunAsync(start.Arguments); // Nothing to connect to: an API server and three of what follows, in this process.

var builder = Host.CreateApplicationBuilder(start.Arguments.ForHost);
builder.AddReporting(); // How this example shows what happens; a service of yours needs nothing of the kind.
builder.Services.AddLeaderElection("singleton-worker") // The Lease's name; the rest comes from configuration.
    .AddLeaderService<Worker>(); // Runs only while this replica leads.
return await builder.Build().RunToExitCodeAsync();
