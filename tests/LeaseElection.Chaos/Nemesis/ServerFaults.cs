using LeaseElection.Chaos.Options;
using LeaseElection.Chaos.Plans;

namespace LeaseElection.Chaos.Nemesis;

/// <summary>What is done to the servers, and to the Lease by somebody who may.</summary>
internal sealed class ServerFaults(ControlPlane plane, SomeoneElse someone, Timings timings) : IDisposable
{
    // A server may take longer to start than was planned: one at a time.
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Returns once all is put right; also when cancelled.</summary>
    /// <returns>What was otherwise than planned.</returns>
    public async Task<string> DoAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            switch (fault.Kind)
            {
                case FaultKind.ApiServerRestart:
                    await RestartAsync(plane.ApiServer, fault.Length, cancellationToken);
                    break;
                case FaultKind.EtcdRestart:
                    await RestartAsync(plane.Etcd, fault.Length, cancellationToken);
                    await plane.ApiServer.RecoverAsync(cancellationToken);
                    break;
                case FaultKind.LeaseDeleted:
                    await someone.DeleteAsync(cancellationToken);
                    break;
                default:
                    await someone.StealAsync("somebody-else", (int)timings.Lease.TotalSeconds, cancellationToken);
                    break;
            }

            return "";
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task RestartAsync(ControlledServer server, TimeSpan length, CancellationToken cancellationToken)
    {
        await server.StopAsync();
        await Task.Delay(length, TimeProvider.System, cancellationToken);
        await server.StartAsync(cancellationToken);
    }
}
