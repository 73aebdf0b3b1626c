using System.Runtime.InteropServices;

namespace FailoverDemo;

/// <summary>
/// When the demo ends: by Ctrl+C, by SIGTERM, with its terminal, or when its time is over. A second signal ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals(TimeSpan after, TimeProvider time)
    {
        _stop = new(after, time);
        Token = _stop.Token;
        _registrations = [.. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP]).Select(
            s => PosixSignalRegistration.Create(s, Stop))];
    }

    public CancellationToken Token { get; }

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _stop.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = !_stop.IsCancellationRequested;
        _stop.Cancel();
    }
}
