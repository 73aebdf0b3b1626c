namespace LeaseElection.Simulation.Plans;

/// <summary>One fault of a plan.</summary>
/// <param name="At">When it begins, in true time.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Target">The replica that it hits, for those that hit one.</param>
/// <param name="Length">How long it lasts, for those that last.</param>
/// <param name="Amount">How much of it, in [0, 1); what that means, its kind says.</param>
internal readonly record struct Fault(TimeSpan At, FaultKind Kind, int Target, TimeSpan Length, double Amount)
{
    public TimeSpan Until => At + Length;
}
