namespace LeaseElection.Simulation.Shell.Records;

/// <summary>What was seen of one term of one host.</summary>
internal sealed class TermRecord(HostRecord host, int number, Func<bool> hasEnded, Func<string?> endReason)
{
    public HostRecord Host => host;

    public int Number => number;

    public IReadOnlyList<PartRecord> Parts { get; set; } = [];

    /// <summary>Gets or sets when the first part was made.</summary>
    public TimeSpan BeganAt { get; set; }

    /// <summary>Gets its fencing token, which is the version that the acquiring write got.</summary>
    public long FencingToken { get; init; }

    /// <summary>
    /// Gets since when the Lease was its host's for it, as the server has it: what happens to the Lease from then on happens to this term.
    /// </summary>
    public TimeSpan HeldSince => host.Commits.TryGetValue(FencingToken, out var committed) ? committed : BeganAt;

    /// <summary>Gets a value indicating whether the term's token is cancelled.</summary>
    public bool HasEnded => hasEnded();

    public string? EndReason => endReason();

    /// <summary>Gets or sets when <see cref="HasEnded"/> was first seen.</summary>
    public TimeSpan? EndedAt { get; set; }

    /// <summary>Gets or sets when an overrun of it was told: in the log, or by the end of the process.</summary>
    public TimeSpan? OverrunToldAt { get; set; }

    /// <summary>Gets or sets when a service of the term's scope was disposed of: all of its work is over then.</summary>
    public TimeSpan? ScopeDisposedAt { get; set; }

    public bool ScopeDisposedUnderWork { get; set; }

    public bool IsAtWork => Parts.Any(static p => p.IsAtWork);

    public override string ToString() => $"term {number} of {host.Name}";
}
