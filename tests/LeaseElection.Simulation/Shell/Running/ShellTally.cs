using System.Globalization;

namespace LeaseElection.Simulation.Shell.Running;

/// <summary>What was played; travels between processes as a line.</summary>
internal sealed record ShellTally(
    long Worlds, long Hosts, long Terms, long Overruns, long Steps, long VirtualMilliseconds, long Patiences, long Unrepeated)
{
    public static ShellTally None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0);

    public static ShellTally operator +(ShellTally a, ShellTally b) => new(
        a.Worlds + b.Worlds,
        a.Hosts + b.Hosts,
        a.Terms + b.Terms,
        a.Overruns + b.Overruns,
        a.Steps + b.Steps,
        a.VirtualMilliseconds + b.VirtualMilliseconds,
        a.Patiences + b.Patiences,
        a.Unrepeated + b.Unrepeated);

    public static ShellTally Parse(string line)
    {
        var n = line.Split(' ').Select(static part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        return new(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
    }

    public string Line =>
        string.Create(
            CultureInfo.InvariantCulture, $"{Worlds} {Hosts} {Terms} {Overruns} {Steps} {VirtualMilliseconds} {Patiences} {Unrepeated}");
}
