using LeaseElection.Simulation.Shell.Clock;
using LeaseElection.Simulation.Shell.Plans;
using LeaseElection.Simulation.Shell.Records;

namespace LeaseElection.Simulation.Shell.Store;

/// <summary>The way between one host and the server, and what is wrong with it.</summary>
internal sealed class Link(HostRecord host, WorldTime time, TimeSpan latency)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private EventKind? _next;
    private int _cuts;

    public TimeSpan Latency => latency;

    public bool IsCut
    {
        get
        {
            lock (_gate)
                return _cuts > 0;
        }
    }

    /// <summary>Gets a task that ends when it is cut, or works again.</summary>
    public Task Changed
    {
        get
        {
            lock (_gate)
                return _changed.Task;
        }
    }

    public void Cut() => Change(1);

    public void Mend() => Change(-1);

    /// <summary>Whatever was wrong is over.</summary>
    public void MendAll()
    {
        if (IsCut)
            Change(-_cuts);
        TakeNext();
    }

    /// <summary>What becomes of the next write.</summary>
    public void SpoilNext(EventKind how)
    {
        lock (_gate)
            _next = how;
    }

    public EventKind? TakeNext()
    {
        lock (_gate)
        {
            var next = _next;
            _next = null;
            return next;
        }
    }

    public void Spoilt()
    {
        host.SpoiltWrites++;
        host.LastInjury = time.Now;
    }

    private void Change(int cuts)
    {
        lock (_gate)
        {
            _cuts = Math.Max(0, _cuts + cuts);
            host.LastInjury = time.Now;
            host.LastCut = time.Now;
            host.IsCut = _cuts > 0;
            var changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
    }
}
