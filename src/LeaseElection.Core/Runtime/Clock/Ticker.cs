using LeaseElection.Election.Time;

namespace LeaseElection.Runtime.Clock;

/// <summary>Ticks a clock while it has observers, so that a jump is noticed in time (S7).</summary>
internal abstract class Ticker(Func<HolderTick> tick)
{
    // S7 allows 250 ms; the rest is for late wake-ups.
    protected static readonly TimeSpan Period = TimeSpan.FromMilliseconds(200);

    private Action<HolderInstant>[] _observers = [];

    /// <summary>Gets the lock under which <see cref="Start"/> and <see cref="Stop"/> are called.</summary>
    protected Lock Gate { get; } = new();

    protected bool IsObserved => _observers.Length > 0;

    public IDisposable Subscribe(Action<HolderInstant> observer)
    {
        lock (Gate)
        {
            _observers = [.. _observers, observer];
            if (_observers.Length == 1)
                Start();
        }

        return new Subscription(this, observer);
    }

    /// <summary>The first observer came.</summary>
    protected abstract void Start();

    /// <summary>The last observer left.</summary>
    protected abstract void Stop();

    protected void Tell()
    {
        var holder = tick().Holder;
        foreach (var observer in Volatile.Read(ref _observers))
            observer(holder);
    }

    private void Unsubscribe(Action<HolderInstant> observer)
    {
        lock (Gate)
        {
            var index = Array.IndexOf(_observers, observer);
            if (index < 0)
                return;
            _observers = [.. _observers[..index], .. _observers[(index + 1)..]];
            if (_observers.Length == 0)
                Stop();
        }
    }

    private sealed class Subscription(Ticker ticker, Action<HolderInstant> observer) : IDisposable
    {
        public void Dispose() => ticker.Unsubscribe(observer);
    }
}
