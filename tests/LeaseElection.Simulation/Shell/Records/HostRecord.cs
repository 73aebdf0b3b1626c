using System.Collections.Concurrent;
namespace LeaseElection.Simulation.Shell.Records;

/// <summary>What was seen of one host from its start to the end of the world; nothing of how the library does it.</summary>
internal sealed class HostRecord(string name)
{
    /// <summary>Gets its name, which is its identity in the Lease.</summary>
    public string Name => name;

    public IReadOnlyList<TermRecord> Terms { get; set; } = [];

    /// <summary>Gets the log lines that came through, by event id: when the last one came.</summary>
    public Dictionary<int, TimeSpan> Logged { get; } = [];

    /// <summary>Gets or sets since when its log can't be relied on; null: it can.</summary>
    public TimeSpan? LogSpoiltSince { get; set; }

    /// <summary>Gets or sets since when a logger or a meter listener holds a thread; null: none does.</summary>
    public TimeSpan? ForeignBlockedSince { get; set; }

    public TimeSpan StartedAt { get; set; }

    /// <summary>Gets or sets since when its start waits for leadership, which comes after it; null: it does not.</summary>
    public TimeSpan? StartWaitsSince { get; set; }

    /// <summary>Gets or sets when it last logged a warning or worse.</summary>
    public TimeSpan? LastWarning { get; set; }

    /// <summary>Gets or sets when StopAsync was called or the stopping flag was seen; null: it goes on.</summary>
    public TimeSpan? StoppingSince { get; set; }

    /// <summary>Gets or sets when the host's StopAsync was called.</summary>
    public TimeSpan? StopCalledAt { get; set; }

    /// <summary>Gets or sets when the token of its StopAsync was cancelled.</summary>
    public TimeSpan? StopHurriedAt { get; set; }

    /// <summary>Gets or sets when the election let the host's stop go on.</summary>
    public TimeSpan? StopWentOnAt { get; set; }

    public TimeSpan? DisposeCalledAt { get; set; }

    public TimeSpan? DisposedAt { get; set; }

    /// <summary>Gets or sets what its disposal threw.</summary>
    public string? DisposeThrew { get; set; }

    /// <summary>Gets or sets a value indicating whether its process is dead: nothing that it does counts any more.</summary>
    public bool IsDead { get; set; }

    /// <summary>Gets or sets a value indicating whether a request of its carried the Activity of the code that started it.</summary>
    public bool IsTraced { get; set; }

    /// <summary>Gets or sets how many times the store saw it give up the Lease while its parts were at work, and which.</summary>
    public string? ReleasedUnder { get; set; }

    /// <summary>Gets or sets when its last write that took effect was sent.</summary>
    public TimeSpan? LastGoodSend { get; set; }

    public TimeSpan? LastGoodCommit { get; set; }

    /// <summary>Gets or sets a value indicating whether the Lease is its own, as the server has it.</summary>
    public bool Holds { get; set; }

    /// <summary>
    /// Gets or sets when the last write was sent whose answer reached it while it could still know that it holds the Lease.
    /// </summary>
    public TimeSpan? LastAnsweredSend { get; set; }

    /// <summary>
    /// Gets or sets until when it may know, by those answers, that it holds the Lease: an answer that comes later saves nothing. Null
    /// before the first.
    /// </summary>
    public TimeSpan? HoldsUntil { get; set; }

    /// <summary>Gets when its writes took effect, by the version that each got.</summary>
    public ConcurrentDictionary<long, TimeSpan> Commits { get; } = new();

    /// <summary>Gets or sets how many requests the world spoilt since the last answer that counted.</summary>
    public int SpoiltWrites { get; set; }

    /// <summary>Gets or sets when the world last kept it from the server, or touched its Lease.</summary>
    public TimeSpan? LastInjury { get; set; }

    /// <summary>Gets or sets a value indicating whether it is kept from the server now.</summary>
    public bool IsCut { get; set; }

    /// <summary>Gets or sets when somebody last deleted or edited the Lease.</summary>
    public TimeSpan? LeaseTouchedAt { get; set; }

    public TimeSpan? LeaseDeletedAt { get; set; }

    /// <summary>Gets or sets when the wall clock last jumped by more than RenewDeadline: earlier terms are over.</summary>
    public TimeSpan? JumpedAt { get; set; }

    /// <summary>Gets or sets when it was last cut off, or reached the server again.</summary>
    public TimeSpan? LastCut { get; set; }

    /// <summary>Gets or sets what its health check says: Healthy, Degraded, Unhealthy; null where nobody can ask.</summary>
    public string? Health { get; set; }

    /// <summary>Gets or sets the reason that it gives.</summary>
    public string? HealthReason { get; set; }

    /// <summary>Gets or sets when it was asked last.</summary>
    public TimeSpan HealthAskedAt { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>Gets a value indicating whether it can campaign: it was not stopped, and has not resigned.</summary>
    public bool Goes =>
        !IsDead
            && StoppingSince is null
            && DisposeCalledAt is null
            && !Terms.Any(static t => t.EndReason == nameof(TermEndReason.WorkCompleted));

    /// <summary>Whether the world did enough to it, since this moment, to cost it its Lease.</summary>
    public bool WasRobbedSince(TimeSpan since) =>
        LeaseTouchedAt >= since || JumpedAt >= since || SpoiltWrites >= 2 || IsCut || LastCut >= LastAnsweredSend;

    /// <summary>
    /// The answer to a write that took effect reached it. One that comes too late confirms nothing, so what spoilt those before it remains
    /// a cause.
    /// </summary>
    public void Answered(TimeSpan sent, TimeSpan now, TimeSpan renewDeadline)
    {
        if (now >= HoldsUntil)
            return;
        LastAnsweredSend = sent;
        HoldsUntil = sent + renewDeadline;
        SpoiltWrites = 0;
    }

    public TimeSpan? LastLogged(int eventId)
    {
        lock (Logged)
            return Logged.TryGetValue(eventId, out var at) ? at : null;
    }

    public bool IsAtWork => !IsDead && Terms.Any(static t => t.IsAtWork);
}
