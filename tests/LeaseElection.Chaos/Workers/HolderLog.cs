using k8s;
using k8s.Autorest;

namespace LeaseElection.Chaos.Workers;

/// <summary>Who holds the Lease, as an administrator sees it who looks ten times a second; blind while the servers are down.</summary>
internal sealed class HolderLog : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<HolderChange> _changes = [];
    private readonly Task _looking;

    public HolderLog(IKubernetes client, string @namespace) => _looking = LookAsync(client, @namespace);

    /// <summary>Gets the changes; only after <see cref="StopAsync"/>.</summary>
    public IReadOnlyList<HolderChange> Changes => _changes;

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _looking;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task LookAsync(IKubernetes client, string @namespace)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var leases = await client.CoordinationV1.ListNamespacedLeaseAsync(@namespace, cancellationToken: _stop.Token);
                Note(leases.Items.FirstOrDefault(l => l.Metadata.Name == WorkerCommands.LeaseName) is { } lease ? lease.Spec?.HolderIdentity ?? "" : null);
            }
            catch (Exception e) when (e is OperationCanceledException or HttpRequestException or HttpOperationException or IOException)
            {
                // The servers are down, or we are stopped.
            }

            await Task.Delay(Pace, TimeProvider.System, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Note(string? holder)
    {
        if (_changes is [] || _changes[^1].Holder != holder)
            _changes.Add(new(WorkerProcess.NowNs, holder));
    }
}
