using System.Globalization;

namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>What user code does at one place, and for how long.</summary>
internal readonly record struct Act(ActKind Kind, TimeSpan Length)
{
    public override string ToString() =>
        Kind is ActKind.Waits or ActKind.Eager or ActKind.Blocks or ActKind.Throws or ActKind.ReturnsEarly && Length > TimeSpan.Zero
        ? string.Create(CultureInfo.InvariantCulture, $"{Kind} {Length.TotalSeconds:0.###} s")
        : $"{Kind}";
}
