namespace LeaseElection.Simulation.Shell.Plans;

/// <summary>A part of the leader's work: what its author wrote.</summary>
internal sealed record PartPlan
{
    public required PartKind Kind { get; init; }

    public Act Constructor { get; init; }

    public Act StartingHook { get; init; }

    /// <summary>Gets what StartAsync does before its base's, or before the work goes on.</summary>
    public Act BeforeStart { get; init; }

    public Act AfterStart { get; init; }

    public Act StartedHook { get; init; }

    /// <summary>Gets how the work goes while the term lasts.</summary>
    public Act Work { get; init; }

    /// <summary>Gets how the work ends once it was told to.</summary>
    public Act WindDown { get; init; }

    public Act StoppingHook { get; init; }

    /// <summary>Gets what StopAsync does before its base's, or before the work is stopped.</summary>
    public Act BeforeStop { get; init; }

    public Act AfterStop { get; init; }

    public Act StoppedHook { get; init; }

    public Act Dispose { get; init; }

    /// <summary>
    /// Gets a value indicating whether StopAsync leaves the work alone: a timer ends by its disposal, a BackgroundService by the token of
    /// its start.
    /// </summary>
    public bool StopDoesNothing { get; init; }

    public override string ToString()
    {
        (string Place, Act Act)[] acts =
        [
            ("ctor", Constructor), ("Starting", StartingHook), ("before Start", BeforeStart), ("after Start", AfterStart),
            ("Started", StartedHook), ("work", Work),
            ("wind-down", WindDown), ("Stopping", StoppingHook), ("before Stop", BeforeStop), ("after Stop", AfterStop),
            ("Stopped", StoppedHook), ("Dispose", Dispose),
        ];
        var odd = acts.Where(static a => a.Act.Kind != ActKind.Normal).Select(static a => $"{a.Place} {a.Act}");
        return $"{Kind}{(StopDoesNothing ? ", Stop does nothing" : "")}{string.Concat(odd.Select(static o => $", {o}"))}";
    }
}
