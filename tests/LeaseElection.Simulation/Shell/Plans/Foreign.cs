using System.Globalization;

namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>Code of the application around the election.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Number">Which line or which kind of line, where it is a logger's.</param>
/// <param name="Length">For how long it holds a thread; zero: until the world lets it go.</param>
internal sealed record Foreign(ForeignKind Kind, int Number, TimeSpan Length)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Kind} {Number} {Length.TotalSeconds:0.###} s");
}
