using LeaseElection.Simulation.Oracles;

namespace LeaseElection.Simulation.Tests.Oracles;

/// <summary>A replica that reports what a test says.</summary>
internal sealed class Witness(string name) : IWitness
{
    public string Name { get; } = name;

    public bool CanAnswer { get; set; } = true;

    public bool IsLeader { get; set; }

    public bool Works { get; set; }

    public string? TermUid { get; set; } = "uid";

    public string? TermMark { get; set; } = name;

    public TimeSpan SinceLoss { get; set; } = TimeSpan.FromSeconds(-1);

    public TimeSpan LossAllowance => TimeSpan.FromSeconds(2);

    public HashSet<string> Seen { get; } = [];

    public bool HadSeen(string mark) => Seen.Contains(mark);
}
