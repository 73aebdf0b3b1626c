namespace LeaseElection.Testing.Faults;

/// <summary>The faults of one watch: of the watch as a whole, and of its events.</summary>
internal sealed class WatchFaults(LeaseApiFaults faults, LeaseApiRequest request)
{
    private byte[]? _heldBack;

    /// <summary>The fault that ends or stalls the watch now; null: none.</summary>
    public Fault? OfWatch() => faults.Take(request, FaultKinds.IsOfWatch) is [var first, ..] ? first.Fault : null;

    /// <summary>What becomes of an event's line.</summary>
    public IEnumerable<byte[]> OfEvent(byte[] line)
    {
        var lines = new List<byte[]> { line };
        foreach (var (fault, _) in faults.Take(request, FaultKinds.IsOfEvent))
        {
            if (fault.Kind == FaultKind.DuplicateEvents)
                lines.AddRange(lines.ToList());
            else if (fault.Kind == FaultKind.GarbageEvents)
                lines.Insert(0, "{\"type\":\"MODIF\xFF}}\n"u8.ToArray());
            else if (_heldBack is null)
                return Hold(line);
        }

        if (_heldBack is { } earlier)
        {
            lines.Add(earlier);
            _heldBack = null;
        }

        return lines;
    }

    private IEnumerable<byte[]> Hold(byte[] line)
    {
        _heldBack = line;
        return [];
    }
}
