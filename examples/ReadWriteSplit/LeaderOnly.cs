using LeaseElection;

namespace ReadWriteSplit;

/// <summary>Runs a command where this replica leads; elsewhere answers 409 and says who does.</summary>
internal sealed class LeaderOnly(ILeaderElection election, IConfiguration configuration)
{
    /// <summary>Runs it in the term that goes on now.</summary>
    /// <param name="command">Gets the term: what it writes carries the fencing token, for the store to refuse a former leader.</param>
    public IResult Run(Func<LeadershipTerm, Order> command)
    {
        // The Service's label may be late, so each replica asks for itself.
        if (election.Term is { IsActive: true } term)
            return TypedResults.Created("/orders", command(term));
        return TypedResults.Problem(
            election.LeaderIdentity is { } leader ? $"'{leader}' leads; commands go to it." : "Nobody leads at the moment; try again.",
            statusCode: StatusCodes.Status409Conflict,
            title: "This replica does not lead",
            // Pods have no names to be reached by: the leader's address is that of the Service which selects it.
            extensions: new Dictionary<string, object?>
            {
                ["leader"] = election.LeaderIdentity,
                ["address"] = configuration["CommandAddress"],
            });
    }
}
