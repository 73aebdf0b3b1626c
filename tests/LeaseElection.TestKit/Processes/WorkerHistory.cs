namespace LeaseElection.TestKit;

/// <summary>All that one worker process said, in its order, and what a test did to it.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Lines">As they came.</param>
/// <param name="WasKilled">It had no chance to say that its term ended.</param>
/// <param name="Freezes">When it was stopped in its tracks, by the clock of the lines.</param>
public sealed record WorkerHistory(
    string Name, IReadOnlyList<WorkerLine> Lines, bool WasKilled = false, IReadOnlyList<Freeze>? Freezes = null);
