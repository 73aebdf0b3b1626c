using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Shell.Parts;

/// <summary>A service of the term's scope, which its parts use: it has to outlive them.</summary>
internal sealed class ScopedThing(PartMaker maker, LeadershipTerm term) : IDisposable
{
    private TermRecord? _term;

    public void Use() => _term ??= maker.TermOf(term);

    public void Dispose()
    {
        if (_term is null)
            return;
        _term.ScopeDisposedAt ??= maker.Time.Now;
        _term.ScopeDisposedUnderWork |= _term.Parts.Any(static p => !p.HasEnded);
    }
}
