using FencedWriter;
using Microsoft.Extensions.Logging;

if (args.Any(argument => argument is "--help" or "-h" or "-?"))
{
    Console.WriteLine(Help.Text);
    return 0;
}

try
{
    Help.Check(args);
    var builder = Host.CreateApplicationBuilder(args);
    builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
    // What keeps it from starting is said below, in one line.
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    builder.Services.AddOptions<WriterOptions>().Bind(builder.Configuration)
        .Validate(o => o.Every is >= 1 and <= 60_000, "--every must be 1 to 60000 milliseconds").ValidateOnStart();
    var connectionString = Database.ConnectionString(builder.Configuration);
    builder.Services.AddSingleton(_ => Database.Open(connectionString));
    builder.Services.AddSingleton<Journal>();
    builder.Services.AddHostedService<Schema>(); // On every replica, and before it takes part in the election.
    builder.Services.AddLeaderElection(WriterOptions.Lease) // The Lease's name; the rest comes from configuration.
        .AddLeaderService<Writer>(); // Runs only while this replica leads.
    await builder.Build().RunAsync();
    return 0;
}
catch (Exception mistake)
{
    await Console.Error.WriteLineAsync($"FencedWriter: {mistake.Message}");
    return 1;
}
