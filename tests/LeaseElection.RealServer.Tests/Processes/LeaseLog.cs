using k8s;

namespace LeaseElection.RealServer.Tests.Processes;

/// <summary>Every version of a Lease, as an administrator's watch shows it, until the API server goes away.</summary>
public sealed class LeaseLog : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Heard<Version> _heard = new("the watch of the Lease");
    private readonly Task _watching;

    public LeaseLog(IKubernetes client, string @namespace, string lease) => _watching = WatchAsync(client, @namespace, lease);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The next write of <paramref name="holder"/> from now on.</summary>
    public Task<Version> NextRenewalAsync(string holder) => _heard.FirstAsync(
        $"a renewal of {holder}", version => version.Holder == holder, WorkerGroup.Patience, Cancellation, skip: _heard.All.Count);

    /// <summary>The last write of <paramref name="holder"/> so far.</summary>
    public Version LastOf(string holder) => _heard.All.Last(version => version.Holder == holder);

    /// <summary>All versions since <paramref name="holder"/> first held the Lease.</summary>
    public IEnumerable<Version> Since(string holder) => _heard.All.SkipWhile(version => version.Holder != holder);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync(IKubernetes client, string @namespace, string lease)
    {
        try
        {
            await foreach (var (what, version) in client.CoordinationV1.WatchListNamespacedLeaseAsync(
                @namespace, fieldSelector: $"metadata.name={lease}", cancellationToken: _stop.Token))
            {
                _heard.Add(new(
                    what, version.Spec.HolderIdentity, version.Spec.RenewTime, version.Spec.AcquireTime, version.Spec.LeaseTransitions));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            // Stopped, or the API server was.
        }
        finally
        {
            _heard.End();
        }
    }

    public sealed record Version(WatchEventType What, string? Holder, DateTime? Renewed, DateTime? Acquired, int? Transitions);
}
