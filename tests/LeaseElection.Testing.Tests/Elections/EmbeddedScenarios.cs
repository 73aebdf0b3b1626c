using LeaseElection.TestKit.Scenarios.Elections;

namespace LeaseElection.Testing.Tests.Elections;

/// <summary>What only the embedded server can do: faults of its own, a log of all requests, a backup.</summary>
public abstract class EmbeddedScenarios(LeaseApiServerOptions? options = null) : ElectionScenarios(new EmbeddedElectionServer(options))
{
    protected LeaseApiServer Api => ((EmbeddedElectionServer)Server).Api;

    protected static bool IsWatch(LeaseApiRequest request) => request.Verb == "watch";

    protected static bool IsOfLeases(LeaseApiRequest request) => request.Resource == "leases";

    /// <summary>By the replicas, not by somebody else.</summary>
    protected static bool IsOfReplicas(LeaseApiRequest request) => request.User.StartsWith("user-", StringComparison.Ordinal);

    protected static bool IsWriteOfReplicas(LeaseApiRequest request) => IsOfReplicas(request) && request.IsWrite;

    /// <summary>Waits until one of them leads, and says which.</summary>
    protected static async Task<(Replica Leader, LeadershipTerm Term)> FirstToLeadAsync(params IEnumerable<Replica> replicas)
    {
        var first = await Task.WhenAny(replicas.Select(async replica => (replica, await replica.UntilLeadingAsync())));
        return await first;
    }
}
