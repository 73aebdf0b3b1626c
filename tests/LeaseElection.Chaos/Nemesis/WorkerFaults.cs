using LeaseElection.Chaos.Plans;
using LeaseElection.Chaos.Workers;

namespace LeaseElection.Chaos.Nemesis;

/// <summary>What is done to one worker and to its network.</summary>
internal sealed class WorkerFaults(Lane lane)
{
    /// <summary>Returns once all is put right; also when cancelled.</summary>
    /// <returns>What was otherwise than planned.</returns>
    public async Task<string> DoAsync(PlannedFault fault, CancellationToken cancellationToken)
    {
        switch (fault.Kind)
        {
            case FaultKind.Terminate or FaultKind.Kill:
                var outcome = await lane.EndAsync(kill: fault.Kind is FaultKind.Kill);
                await LastAsync(fault.Length, cancellationToken);
                await lane.ReplaceAsync();
                return outcome;
            case FaultKind.Freeze:
                lane.Freeze();
                await LastAsync(fault.Length, cancellationToken);
                lane.Thaw();
                return "";
            case FaultKind.Reset:
                lane.Proxy.Reset();
                return "";
            case FaultKind.Slow:
                lane.Proxy.Slow(fault.Delay);
                await LastAsync(fault.Length, cancellationToken);
                lane.Proxy.Slow(TimeSpan.Zero);
                return "";
            case FaultKind.SlowThenCut:
                lane.Proxy.Slow(fault.Delay);
                await LastAsync(fault.Length / 2, cancellationToken);
                await HoldAsync(fault.Length / 2, cancellationToken, ProxyDirection.ToServer, ProxyDirection.ToClient);
                lane.Proxy.Slow(TimeSpan.Zero);
                return "";
            case FaultKind.Forgotten:
                lane.Proxy.Silence();
                await HoldAsync(fault.Length, cancellationToken, ProxyDirection.ToServer, ProxyDirection.ToClient);
                return "";
            case FaultKind.RequestsHeld:
                await HoldAsync(fault.Length, cancellationToken, ProxyDirection.ToServer);
                return "";
            case FaultKind.ResponsesHeld:
                await HoldAsync(fault.Length, cancellationToken, ProxyDirection.ToClient);
                return "";
            default:
                await HoldAsync(fault.Length, cancellationToken, ProxyDirection.ToServer, ProxyDirection.ToClient);
                return "";
        }
    }

    private async Task HoldAsync(TimeSpan length, CancellationToken cancellationToken, params ProxyDirection[] directions)
    {
        foreach (var direction in directions)
            lane.Proxy.Hold(direction);
        await LastAsync(length, cancellationToken);
        foreach (var direction in directions)
            lane.Proxy.Release(direction);
    }

    // Cancelled: over at once, and put right.
    private static async Task LastAsync(TimeSpan length, CancellationToken cancellationToken) =>
        await Task.Delay(length, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
