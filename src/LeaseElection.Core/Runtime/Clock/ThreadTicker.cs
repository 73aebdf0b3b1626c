using System.Diagnostics.CodeAnalysis;
using LeaseElection.Election.Time;

namespace LeaseElection.Runtime.Clock;

/// <summary>Ticks from a thread of its own: the thread pool may be blocked just when it matters (scenario 43).</summary>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as its time provider.")]
internal sealed class ThreadTicker(Func<HolderTick> tick) : Ticker(tick)
{
    private readonly ManualResetEventSlim _changed = new();
    private Thread? _thread;

    protected override void Start()
    {
        if (_thread is not null)
            return; // It has not noticed that no observer was left for a moment.
        _thread = new(Run) { IsBackground = true, Name = "LeaseElection clock" };
        _thread.Start();
    }

    protected override void Stop() => _changed.Set();

    private void Run()
    {
        while (true)
        {
            // Woken early only when no observer is left.
            _changed.Wait(Period);
            lock (Gate)
            {
                _changed.Reset();
                if (!IsObserved)
                {
                    _thread = null;
                    return;
                }
            }

            Tell();
        }
    }
}
