using System.Globalization;

namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>Something that happens.</summary>
internal sealed record ShellEvent(EventKind Kind, int Host, TimeSpan At, TimeSpan Length)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds:0.000} s: {Kind} host {Host}, {Length.TotalSeconds:0.###} s");
}
