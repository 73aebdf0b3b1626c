using System.Globalization;
using LeaseElection.Simulation.Shell.Oracles;

namespace LeaseElection.Simulation.Shell.Running;

/// <summary>A world that broke a rule, and how often it did so again.</summary>
internal sealed record BadWorld(ulong Seed, ShellRule Rule, int Again, int Of, string Text)
{
    public string Line => string.Create(CultureInfo.InvariantCulture, $"{Seed} {Rule} {Again} {Of} {Text.ReplaceLineEndings(" ")}");

    public static BadWorld Parse(string line)
    {
        var p = line.Split(' ', 5);
        return new(
            ulong.Parse(p[0], CultureInfo.InvariantCulture),
            Enum.Parse<ShellRule>(p[1]),
            int.Parse(p[2], CultureInfo.InvariantCulture),
            int.Parse(p[3], CultureInfo.InvariantCulture),
            p[4]);
    }
}
