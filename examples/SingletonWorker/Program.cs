using SingletonWorker;

if (Arguments.AskForHelp(args))
    return Arguments.PrintHelp();

var builder = Host.CreateApplicationBuilder(Arguments.Normalize(args));
builder.AddReporting(); // How this example shows what happens; a service of yours needs nothing of the kind.
builder.Services.AddLeaderElection("singleton-worker") // The Lease's name; the rest comes from configuration.
    .AddLeaderService<Worker>(); // Runs only while this replica leads.
return await builder.Build().RunToExitCodeAsync();
