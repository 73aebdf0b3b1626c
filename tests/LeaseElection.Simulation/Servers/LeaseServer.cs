using LeaseElection.Leases;

namespace LeaseElection.Simulation.Servers;

/// <summary>One Lease with the API server's concurrency rules, and its history for watches.</summary>
internal sealed class LeaseServer(Dice dice)
{
    private static readonly Rejection Forbidden = new(RejectionKind.Forbidden, "update", 403, "forbidden");
    private static readonly Rejection Invalid = new(
        RejectionKind.Invalid, "update", 422, "metadata.resourceVersion: must be specified for an update");

    private readonly List<Event> _history = [];
    private readonly HashSet<long> _lost = [];
    private int _uids;

    /// <summary>Gets the newest version of anything that the server stores.</summary>
    public long Version { get; private set; } = 1000;

    public LeaseSnapshot? Lease { get; private set; }

    /// <summary>Gets the version before which nothing can be watched any more.</summary>
    public long CompactedTo { get; private set; }

    public IReadOnlyList<Event> History => _history;

    /// <summary>Gets or sets a value indicating whether everybody is refused for want of a permission.</summary>
    public bool Forbids { get; set; }

    /// <summary>Gets or sets who hears about every event, by its index in the history.</summary>
    public Action? Changed { get; set; }

    /// <summary>Gets or sets who is told that an update made a Lease anew that had been deleted.</summary>
    public Action<string>? Recreated { get; set; }

    /// <summary>Gets or sets who hears about every accepted write: who wrote, what it was before, what it is now.</summary>
    public Action<string, LeaseSnapshot?, LeaseSnapshot?>? Written { get; set; }

    public ReadOutcome Read()
    {
        if (Forbids)
            return new ReadOutcome.Rejected(Forbidden);
        return Lease is { } lease ? new ReadOutcome.Found(lease) : new ReadOutcome.Absent();
    }

    public WriteOutcome Write(in LeaseWrite write, string who)
    {
        if (Forbids)
            return new WriteOutcome.Rejected(Forbidden);
        if (write.IsCreate)
            return Lease is null ? Commit(Made(write), who) : new WriteOutcome.Conflict();
        var version = write.Version;
        var uid = write.Uid;
        if (Lease is not { } lease)
        {
            if (uid is not null)
                return new WriteOutcome.Missing();
            Recreated?.Invoke(who); // As the real one: a PUT of what is gone makes it anew.
            return Commit(Made(write), who);
        }

        if (version == 0)
            return new WriteOutcome.Rejected(Invalid);
        if (lease.Version != version || (uid is not null && lease.Uid != uid))
            return new WriteOutcome.Conflict();
        return Commit(lease with { Spec = write.Spec, Mark = write.Mark, Rest = write.Rest }, who);
    }

    /// <summary>Somebody with kubectl, or another elector that read a moment ago.</summary>
    public void Edit(string who, Func<LeaseSnapshot, LeaseSnapshot> edit)
    {
        if (Lease is { } lease)
            Commit(edit(lease), who);
    }

    public void Create(string who, LeaseSpec spec)
    {
        if (Lease is null)
            Commit(new() { Uid = NewUid(), Version = 0, Spec = spec }, who);
    }

    public void Delete(string who)
    {
        if (Lease is not { } lease)
            return;
        Lease = null;
        Advance();
        _history.Add(new(Version, null));
        Written?.Invoke(who, lease, null);
        Changed?.Invoke();
    }

    /// <summary>Becomes what it was some events ago, with no memory of what came between.</summary>
    /// <param name="howOld">How far back, in [0, 1).</param>
    public bool TryRestore(double howOld)
    {
        var index = _history.Count - 2 - (int)(howOld * 20);
        if (index < 0 || _history[index].Lease is not { } backup)
            return false;
        // A version that comes again is what nobody can tell from the one that it knows (docs/safety.md, Limits, 2): these never do.
        _lost.UnionWith(_history.Skip(index + 1).Select(e => e.Version));
        _history.RemoveRange(index + 1, _history.Count - index - 1);
        Lease = backup;
        Version = CompactedTo = backup.Version;
        return true;
    }

    /// <summary>Forgets what was before: who watches from there is answered 410.</summary>
    public void Compact() => CompactedTo = Version;

    /// <summary>The index of the first event after this version.</summary>
    public int FirstAfter(long version)
    {
        var index = _history.Count;
        while (index > 0 && _history[index - 1].Version > version)
            index--;
        return index;
    }

    private void Advance()
    {
        do
            Version += dice.From(1, 3);
        while (_lost.Contains(Version));
    }

    private LeaseSnapshot Made(in LeaseWrite write) =>
        new() { Uid = NewUid(), Version = 0, Spec = write.Spec, Mark = write.Mark, Rest = write.Rest };

    private string NewUid() => $"uid-{++_uids}";

    private WriteOutcome.Written Commit(LeaseSnapshot lease, string who)
    {
        var before = Lease;
        Advance();
        Lease = lease with { Version = Version };
        _history.Add(new(Version, Lease));
        Written?.Invoke(who, before, Lease);
        Changed?.Invoke();
        return new(Lease.Value);
    }

    /// <summary>The Lease as it was from this version on; null: deleted.</summary>
    public readonly record struct Event(long Version, LeaseSnapshot? Lease);
}
