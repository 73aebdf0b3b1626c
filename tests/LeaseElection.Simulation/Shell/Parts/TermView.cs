namespace LeaseElection.Simulation.Shell.Parts;

/// <summary>What is read of a term without ending it: its properties that look at the clock latch an expiry.</summary>
internal static class TermView
{
    public static CancellationToken EndedToken(LeadershipTerm term) => term.EndedToken;
}
