using LeaseElection.Leases;
using LeaseElection.Simulation.Servers;
using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Shell.Store;

/// <summary>The one Lease of a world, which all its hosts share; records what it sees of each.</summary>
internal sealed class ShellServer(Dice dice, WorldTime time, Chronicle chronicle)
{
    private readonly Lock _gate = new();
    private readonly LeaseServer _lease = new(dice);
    private readonly List<HostRecord> _hosts = [];
    private TaskCompletionSource _news = NewNews();

    public void Connect(HostRecord host)
    {
        lock (_gate)
            _hosts.Add(host);
    }

    public ReadOutcome Read()
    {
        lock (_gate)
            return _lease.Read();
    }

    public WriteOutcome Write(HostRecord who, in LeaseWrite write, TimeSpan sent)
    {
        lock (_gate)
        {
            var before = _lease.Lease;
            var outcome = _lease.Write(write, who.Name);
            chronicle.Note($"{who.Name} wrote: holder '{write.Spec.HolderIdentity}', {outcome.GetType().Name}");
            if (outcome is not WriteOutcome.Written { Lease: var written })
                return outcome;
            if (before?.Spec.HolderIdentity == who.Name && !write.Spec.HasHolder && who.IsAtWork)
                who.ReleasedUnder ??= string.Join(", ", who.Terms.SelectMany(static t => t.Parts).Where(static p => p.IsAtWork));
            who.LastGoodSend = sent;
            who.LastGoodCommit = time.Now;
            who.Commits[written.Version] = time.Now;
            if (before?.Spec.HolderIdentity != who.Name || before?.Spec.AcquireTime != write.Spec.AcquireTime)
                who.HoldsUntil = null; // It begins anew.
            Changed_NeedsLock();
            return outcome;
        }
    }

    public void Delete() => Touch(() =>
    {
        _lease.Delete("somebody");
        foreach (var host in _hosts)
            host.LeaseDeletedAt = time.Now;
    });

    public void Edit(string holder) =>
        Touch(() => _lease.Edit("somebody", lease => lease with { Spec = lease.Spec with { HolderIdentity = holder } }));

    /// <summary>What is newer than the event at this index, and what ends when there is more.</summary>
    public (IReadOnlyList<LeaseServer.Event> Events, Task More) After(int index)
    {
        lock (_gate)
            return ([.. _lease.History.Skip(index)], _news.Task);
    }

    public int FirstAfter(long version)
    {
        lock (_gate)
            return _lease.FirstAfter(version);
    }

    private static TaskCompletionSource NewNews() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Touch(Action touch)
    {
        lock (_gate)
        {
            touch();
            foreach (var host in _hosts)
                host.LeaseTouchedAt = time.Now;
            Changed_NeedsLock();
        }
    }

    private void Changed_NeedsLock()
    {
        foreach (var host in _hosts)
            host.Holds = _lease.Lease is { } lease && lease.Spec.HolderIdentity == host.Name;
        var news = _news;
        _news = NewNews();
        news.SetResult();
    }
}
