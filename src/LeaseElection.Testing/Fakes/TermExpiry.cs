using LeaseElection.Runtime.Clock;

namespace LeaseElection.Testing.Fakes;

/// <summary>Sees to it that a term ends on time though nobody asks, as an elector's timer and the process's ticker do.</summary>
internal sealed class TermExpiry : IDisposable
{
    private readonly IDisposable _ticks;
    private readonly ITimer _timer;

    public TermExpiry(LeadershipTerm term, HolderClock clock, TimeProvider time, TimeSpan validity, Action expired)
    {
        // The ticker notices jumps of the wall clock (S7), within 250 ms.
        _ticks = clock.Subscribe(now => _ = term.IsActive);
        _timer = time.CreateTimer(static state => ((Action)state!).Invoke(), expired, validity, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        _ticks.Dispose();
        _timer.Dispose();
    }
}
