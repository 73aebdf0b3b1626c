using System.Diagnostics.CodeAnalysis;
using LeaseElection.Election.Time;

namespace LeaseElection.Runtime.Clock;

/// <summary>
/// One ticker a process. On the system's time it is a thread of its own, because the thread pool may be blocked just when it matters
/// (scenario 43); on any other time provider a timer of that provider.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Lives as long as its time provider.")]
internal sealed class Ticker(TimeProvider time, Func<HolderTick> tick)
{
    // S7 allows 250 ms; the rest is for late wake-ups.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _changed = new();
    private Action<HolderInstant>[] _observers = [];
    private ITimer? _timer;
    private Thread? _thread;

    public IDisposable Subscribe(Action<HolderInstant> observer)
    {
        lock (_gate)
        {
            _observers = [.. _observers, observer];
            if (_observers.Length == 1)
                Start();
        }

        return new Subscription(this, observer);
    }

    private void Unsubscribe(Action<HolderInstant> observer)
    {
        lock (_gate)
        {
            var index = Array.IndexOf(_observers, observer);
            if (index < 0)
                return;
            _observers = [.. _observers[..index], .. _observers[(index + 1)..]];
            if (_observers.Length > 0)
                return;
            _timer?.Dispose();
            _timer = null;
            _changed.Set();
        }
    }

    private void Start()
    {
        if (time != TimeProvider.System)
        {
            _timer = time.CreateTimer(static state => ((Ticker)state!).Tell(), this, Period, Period);
        }
        else if (_thread is null)
        {
            _thread = new(RunThread) { IsBackground = true, Name = "LeaseElection clock" };
            _thread.Start();
        }
    }

    private void RunThread()
    {
        while (true)
        {
            // Woken early only when no observer is left.
            _changed.Wait(Period);
            lock (_gate)
            {
                _changed.Reset();
                if (_observers.Length == 0)
                {
                    _thread = null;
                    return;
                }
            }

            Tell();
        }
    }

    private void Tell()
    {
        var holder = tick().Holder;
        foreach (var observer in Volatile.Read(ref _observers))
            observer(holder);
    }

    private sealed class Subscription(Ticker ticker, Action<HolderInstant> observer) : IDisposable
    {
        public void Dispose() => ticker.Unsubscribe(observer);
    }
}
