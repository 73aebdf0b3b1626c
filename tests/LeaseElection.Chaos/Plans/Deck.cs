namespace LeaseElection.Chaos.Plans;

/// <summary>Deals every kind of fault once before any comes twice: a short run sees them all.</summary>
internal sealed class Deck(SplitMix64 random)
{
    private readonly List<FaultKind> _left = [];

    public FaultKind Deal()
    {
        if (_left.Count == 0)
            _left.AddRange(Enum.GetValues<FaultKind>());
        var index = random.Below(_left.Count);
        var kind = _left[index];
        _left.RemoveAt(index);
        return kind;
    }
}
