using System.CommandLine;
using System.CommandLine.Help;

namespace LeaseElection.Benchmarks.CommandLine;

/// <summary>Reads the command line behind the program's name.</summary>
internal static class RequestReader
{
    private const string About = """
        Measures this library, its peers and a floor of raw requests side by side, on a kube-apiserver and etcd that are started for it
        (eng/control-plane.sh gets them). Times mean little on a shared machine; ratios within one call do.

        Exit code 0: every target is met. 1: one is missed, or it could not be measured. 2: a mistake in the command line.
        """;

    private static readonly Command Root = Create();

    public static int WriteHelp(TextWriter output, params string[] of) => Root.Parse([.. of, "--help"]).Invoke(new() { Output = output });

    /// <summary>Reads it; null: it asks for help.</summary>
    /// <exception cref="FormatException">A mistake; the message has the value, the rule and the fix.</exception>
    public static Request? Read(IReadOnlyList<string> args)
    {
        var names = $"{string.Join(", ", BenchmarkCatalog.All.Select(what => what.Name))}, renewal or micro";
        if (args.Count == 0)
            throw new FormatException($"nothing is given to measure: it must be one of {names}, for example 'handover'. See --help");
        var read = Root.Parse(args);
        if (read.Action is HelpAction)
            return null;
        if (BenchmarkCatalog.Find(args[0]) is not { } what)
            throw new FormatException($"'{args[0]}' is nothing that is measured: the first argument must be one of {names}. See --help");
        if (read.Errors is [var mistake, ..])
        {
            var takes = string.Join(", ", what.Takes.Concat(BenchmarkOptions.OfAll).Select(option => option.Name));
            throw new FormatException($"{mistake.Message.TrimEnd('.')}. {what.Name} takes {takes}: see {what.Name} --help");
        }

        var isSmallest = read.GetValue(BenchmarkOptions.Smallest);
        if (isSmallest && BenchmarkOptions.Sizes.FirstOrDefault(size => read.GetResult(size) is not null) is { } size)
            throw new FormatException($"{size.Name} goes without --smallest, which says how large everything is: leave one of them out");
        return new()
        {
            What = what,
            Runs = read.GetValue(BenchmarkOptions.Runs),
            Standbys = read.GetValue(BenchmarkOptions.Standbys),
            Elections = read.GetValue(BenchmarkOptions.Elections),
            Window = read.GetValue(BenchmarkOptions.Minutes),
            Out = read.GetValue(BenchmarkOptions.Out),
            Plot = read.GetValue(BenchmarkOptions.Plot),
            Smallest = isSmallest,
        };
    }

    private static Command Create()
    {
        var root = new Command("benchmarks", About) { new HelpOption() };
        foreach (var what in BenchmarkCatalog.All)
        {
            var command = new Command(what.Name, what.Measures);
            foreach (var option in what.Takes.Concat(BenchmarkOptions.OfAll))
                command.Add(option);
            command.SetAction(static _ => 0); // Without one it would be help's.
            root.Add(command);
        }

        // For --help alone: Program.cs hands all that follows them to BenchmarkDotNet.
        root.Add(new Command("renewal", "one renewal in the client, ours and KubernetesClient's; needs no server; BenchmarkDotNet's options, for example --job short -i"));
        root.Add(
            new Command("micro", "asking, one step of the machine, a Lease read and written; needs no server; BenchmarkDotNet's options"));
        return root;
    }
}
