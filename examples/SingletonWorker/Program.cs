using SingletonWorker;

if (args.Contains("--help"))
    return Help.Print();

var builder = Host.CreateApplicationBuilder([.. args.Where(a => a != "--json")]);
builder.AddReporting(json: args.Contains("--json")); // For the tests that run this program; a service of yours needs nothing of the kind.
builder.Services.AddLeaderElection("singleton-worker") // The Lease's name; the rest comes from configuration.
    .AddLeaderService<Worker>(); // Runs only while this replica leads.
return await builder.Build().RunToExitCodeAsync();
