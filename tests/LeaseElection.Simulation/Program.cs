using System.Globalization;
using LeaseElection.Simulation;
using LeaseElection.Simulation.Running;
using LeaseElection.Simulation.Shell.Running;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
try
{
    if (args is ["shell", ..])
        return ShellRuns.Run(args[1..]);
    var options = Options.Parse(args);
    if (options.Help)
        return Options.WriteHelp();

    if (options.Mutant == "list")
    {
        Console.WriteLine(string.Join('\n', Mutants.All));
        return 0;
    }

    if (options.Mutant is { } mutant && !Mutants.All.Contains(mutant))
        throw new FormatException($"--mutant is '{mutant}'; this build has {(Mutants.All.Count == 0 ? "none: it is made of the sources as they are" : "others, see --mutant list")}");
    return options.Replay is null ? Runs.Many(options) : Runs.One(options);
}
catch (FormatException mistake)
{
    Console.Error.WriteLine($"simulate: {mistake.Message}");
    return 2;
}
