using LeaseElection.Election.Inputs;
using LeaseElection.Leases;

namespace LeaseElection.Tests.Election;

/// <summary>One Lease with the API server's concurrency rules, as a model: no wire, no time.</summary>
internal sealed class LeaseServer
{
    private int _uids;

    public long Version { get; private set; } = 100;

    public LeaseSnapshot? Lease { get; private set; }

    public bool Down { get; set; }

    /// <summary>Gets or sets a value indicating whether everything is answered 403.</summary>
    public bool Refuses { get; set; }

    /// <summary>Gets everything that happened, in order; null for a deletion.</summary>
    public List<(long Version, LeaseSnapshot? Lease)> History { get; } = [];

    public ElectionInput.WriteEnded Apply(long id, in LeaseWrite write)
    {
        if (Refuses)
            return new(id, Answers.WriteRefused);
        if (write.IsCreate)
        {
            if (Lease is not null)
                return new(id, new WriteOutcome.Conflict());
            return new(id, new WriteOutcome.Written(Commit(new() { Uid = NewUid(), Version = 0, Spec = write.Spec, Mark = write.Mark })));
        }

        if (Lease is not { } lease)
            return new(id, new WriteOutcome.Missing());
        if (lease.Uid != write.Uid || lease.Version != write.Version)
            return new(id, new WriteOutcome.Conflict());
        return new(id, new WriteOutcome.Written(Commit(lease with { Spec = write.Spec, Mark = write.Mark, Rest = write.Rest })));
    }

    /// <summary>Somebody with kubectl, or another elector.</summary>
    public LeaseSnapshot Edit(Func<LeaseSpec, LeaseSpec> spec, Func<string?, string?>? mark = null, object? rest = null)
    {
        var lease = Lease ?? new() { Uid = NewUid(), Version = 0 };
        return Commit(
            lease with { Spec = spec(lease.Spec), Mark = mark is null ? lease.Mark : mark(lease.Mark), Rest = rest ?? lease.Rest });
    }

    public void EditLabels(object rest) => Edit(s => s, rest: rest);

    public void Delete()
    {
        Lease = null;
        History.Add((++Version, null));
    }

    /// <summary>etcd comes back from a backup in which there is no such Lease.</summary>
    public void RestoreWithoutIt(long version)
    {
        Lease = null;
        Version = version;
        History.RemoveAll(h => h.Version > Version);
    }

    /// <summary>etcd comes back from a backup: an older Lease, and versions that count from there.</summary>
    public void Restore(LeaseSnapshot backup)
    {
        Lease = backup;
        Version = backup.Version;
        History.RemoveAll(h => h.Version > Version);
    }

    private string NewUid() => $"uid-{++_uids}";

    private LeaseSnapshot Commit(LeaseSnapshot lease)
    {
        Lease = lease with { Version = ++Version };
        History.Add((Version, Lease));
        return Lease.Value;
    }
}
