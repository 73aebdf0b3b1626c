namespace LeaseElection.Hosting.Work;

/// <summary>Holds the term of a scope, so that <see cref="LeadershipTerm"/> can be injected there.</summary>
internal sealed class TermAccessor
{
    public LeadershipTerm? Term { get; set; }

    public LeadershipTerm Required => Term ?? throw new InvalidOperationException(
        "LeadershipTerm is only known in the scope of a term: inject it into a service added with "
        + "AddLeaderService, or into what that one uses. "
        + "Elsewhere, inject ILeaderElection and ask for its Term.");
}
