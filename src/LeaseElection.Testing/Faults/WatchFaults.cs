namespace LeaseElection.Testing.Faults;

/// <summary>The faults of one watch: of the watch as a whole, and of its events.</summary>
internal sealed class WatchFaults(LeaseApiFaults faults, LeaseApiRequest request)
{
    private List<byte[]> _heldBack = [];
    private Task _heldUntil = Task.CompletedTask;

    /// <summary>The fault that ends or stalls the watch now; null: none.</summary>
    public Fault? OfWatch() => faults.Take(request, FaultKinds.IsOfWatch) is [var first, ..] ? first.Fault : null;

    /// <summary>What becomes of an event's line. All faults act upon it; the one that holds it back comes last.</summary>
    public IEnumerable<byte[]> OfEvent(byte[] line)
    {
        List<byte[]> before = [.. LetGoEnded()];
        var lines = new List<byte[]> { line };
        Task? holds = null;
        foreach (var (fault, ended) in faults.Take(request, FaultKinds.IsOfEvent))
        {
            if (fault.Kind == FaultKind.DuplicateEvents)
                lines.AddRange(lines.ToList());
            else if (fault.Kind == FaultKind.GarbageEvents)
                lines.Insert(0, "{\"type\":\"MODIF\xFF}}\n"u8.ToArray());
            else
                holds = ended;
        }

        if (holds is not null && _heldBack.Count == 0)
        {
            (_heldBack, _heldUntil) = (lines, holds);
            return before;
        }

        return [.. before, .. lines, .. LetGo()];
    }

    /// <summary>What was held back, if its fault is over.</summary>
    public IEnumerable<byte[]> LetGoEnded() => _heldUntil.IsCompleted ? LetGo() : [];

    /// <summary>What was held back: before a bookmark, and before the end.</summary>
    public IEnumerable<byte[]> LetGo()
    {
        var held = _heldBack;
        _heldBack = [];
        return held;
    }
}
