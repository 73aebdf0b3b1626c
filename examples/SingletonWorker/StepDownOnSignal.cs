using System.Runtime.InteropServices;
using LeaseElection;

namespace SingletonWorker;

/// <summary>SIGHUP: give up leadership and campaign again, as an operator may want before maintenance.</summary>
internal sealed class StepDownOnSignal(ILeaderElection election) : IHostedService, IDisposable
{
    private PosixSignalRegistration? _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true; // Not the end of the process.
            election.StepDown();
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registration?.Dispose();
}
