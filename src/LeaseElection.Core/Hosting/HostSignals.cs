using LeaseElection.Hosting.Work;
using Microsoft.Extensions.Hosting;

namespace LeaseElection.Hosting;

/// <summary>
/// Notices by the tokens' flags that the host has started, or is stopping. The callbacks of a token run one after the other: ours would
/// wait behind one of the application's that sleeps (S9). One for a host, however many elections it has.
/// </summary>
internal sealed class HostSignals(IHostApplicationLifetime lifetime) : IDisposable
{
    private readonly TokenSignal _started = new(lifetime.ApplicationStarted);
    private readonly TokenSignal _stopping = new(lifetime.ApplicationStopping);

    /// <summary>Runs this once the host has started, on any thread.</summary>
    public void WhenStarted(Action act) => _started.Add(act);

    /// <summary>Runs this once the host is stopping, on any thread.</summary>
    public void WhenStopping(Action act) => _stopping.Add(act);

    /// <summary>Runs now what was to run once the host is stopping.</summary>
    public void TellStopping() => _stopping.Act();

    public void Dispose()
    {
        _started.Dispose();
        _stopping.Dispose();
    }
}
