using System.Collections.Immutable;

namespace LeaseElection.TestKit.Scenarios.Elections.Safety;

/// <summary>One thread that lets every monitor look, all the time: not of the pool, which a test may keep busy.</summary>
internal static class Sampler
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(2);
    private static readonly Lock Gate = new();
    private static readonly ManualResetEventSlim Changed = new();
    private static ImmutableArray<SafetyMonitor> _monitors = [];
    private static Thread? _thread;

    public static void Add(SafetyMonitor monitor)
    {
        lock (Gate)
        {
            _monitors = _monitors.Add(monitor);
            if (_thread is not null)
                return;
            _thread = new(Run) { IsBackground = true, Name = "Safety monitors" };
            _thread.Start();
        }
    }

    public static void Remove(SafetyMonitor monitor)
    {
        lock (Gate)
            _monitors = _monitors.Remove(monitor);
        Changed.Set();
    }

    private static void Run()
    {
        while (true)
        {
            Changed.Wait(Period);
            ImmutableArray<SafetyMonitor> monitors;
            lock (Gate)
            {
                Changed.Reset();
                monitors = _monitors;
                if (monitors.Length == 0)
                {
                    _thread = null;
                    return;
                }
            }

            foreach (var monitor in monitors)
                monitor.Look();
        }
    }
}
