namespace LeaseElection.Hosting.Work;

/// <summary>The term of a scope: what makes <see cref="LeadershipTerm"/> injectable there.</summary>
internal sealed class TermAccessor
{
    public LeadershipTerm? Term { get; set; }

    public LeadershipTerm Required => Term ?? throw new InvalidOperationException(
        "LeadershipTerm is only known in the scope of a term: inject it into a service added with AddLeaderService, or into what that one uses. "
        + "Elsewhere, inject ILeaderElection and ask for its Term.");
}
