namespace LeaseElection.Tests.Election.Walks;

/// <summary>
/// What must hold on true time: never two leaders, never two works but for overruns. The one excuse is the documented limit: a Lease
/// was deleted under its holder, and somebody who had never seen that holder created a new one.
/// </summary>
internal sealed class SimOracle(SimWorld world)
{
    private readonly HashSet<string> _orphans = [];

    public void Created(SimCandidate creator, HashSet<string> seenWhenSent)
    {
        foreach (var other in world.Candidates)
        {
            if (other != creator && other.TrueMark is { } term && !seenWhenSent.Contains(term))
                _orphans.Add(term);
        }
    }

    public void CheckLeaders(SimCandidate one)
    {
        if (!one.IsLeader)
            return;
        foreach (var other in world.Candidates)
        {
            if (other != one && other.IsLeader && !Excused(one, other))
                throw new InvalidOperationException($"two leaders: {one.Name} and {other.Name} at {world.True}");
        }
    }

    /// <summary>The work of this candidate is about to begin.</summary>
    public void CheckWork(SimCandidate one)
    {
        foreach (var other in world.Candidates)
        {
            if (other != one && other.Works && !other.Overran && !Excused(one, other))
                throw new InvalidOperationException($"two works: {one.Name} begins under {other.Name} at {world.True}");
        }
    }

    private bool Excused(SimCandidate one, SimCandidate other) => Excuses(one, other) || Excuses(other, one);

    private bool Excuses(SimCandidate newer, SimCandidate older) =>
        older.TrueMark is { } term && _orphans.Contains(term) && !(newer.TermByCreate && newer.SeenTerms.Contains(term));
}
