namespace LeaseElection.Simulation.Time;

/// <summary>A timer on a process's monotonic clock, armed again only once it has fired: like the system's, it never catches up.</summary>
internal sealed class ProcessTimer(ProcessClock clock, Action callback) : ITimer
{
    private int _armed;
    private TimeSpan _period = Timeout.InfiniteTimeSpan;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _period = period;
        Arm(dueTime);
        return true;
    }

    public void Dispose() => _armed++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Arm(TimeSpan due)
    {
        var armed = ++_armed;
        if (due == Timeout.InfiniteTimeSpan)
            return;
        clock.Later(due, () =>
        {
            if (armed != _armed)
                return;
            if (_period != Timeout.InfiniteTimeSpan)
                Arm(_period);
            callback();
        });
    }
}
