using System.Diagnostics.CodeAnalysis;
using LeaseElection.Election.Time;

namespace LeaseElection.Runtime.Clock;

/// <summary>Ticks by a timer of the time provider: for clocks that do not advance by themselves.</summary>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as its time provider.")]
internal sealed class TimerTicker(TimeProvider time, Func<HolderTick> tick) : Ticker(tick)
{
    private ITimer? _timer;

    protected override void Start() => _timer = time.CreateTimer(static state => ((TimerTicker)state!).Tell(), this, Period, Period);

    protected override void Stop()
    {
        _timer?.Dispose();
        _timer = null;
    }
}
