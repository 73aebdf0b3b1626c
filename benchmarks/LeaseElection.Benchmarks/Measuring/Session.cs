using LeaseElection.Benchmarks.CommandLine;

namespace LeaseElection.Benchmarks.Measuring;

/// <summary>What everything that measures gets: what is asked for, the servers, and where to say how far it is.</summary>
internal sealed record Session(Request Request, ControlPlane Plane, Action<string> Say)
{
    private const string NoClientGo =
        "No client-go-candidate here: run eng/control-plane.sh without KUBEBUILDER_ASSETS, or put one into that folder";

    /// <summary>Gets how often ours is measured.</summary>
    public int Runs(int usual, int smallest) => Request.Smallest ? smallest : Request.Runs ?? usual;

    /// <summary>Gets the numbers of standbys.</summary>
    public IReadOnlyList<int> Standbys(params IReadOnlyList<int> usual) => Request.Smallest ? [1] : Request.Standbys ?? usual;

    /// <summary>Whether client-go's candidate can be measured.</summary>
    /// <exception cref="InvalidOperationException">It cannot, and only the smallest size may do without.</exception>
    public bool HasClientGo()
    {
        if (ClientPrograms.Locate("client-go-candidate") is not null)
            return true;
        if (!Request.Smallest)
            throw new InvalidOperationException(NoClientGo);
        Say(NoClientGo);
        return false;
    }
}
