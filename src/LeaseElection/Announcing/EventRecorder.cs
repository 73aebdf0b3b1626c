using LeaseElection.Connection.Http;
using LeaseElection.Diagnostics;
using LeaseElection.Runtime;

namespace LeaseElection.Announcing;

/// <summary>
/// Writes an Event on the Lease when a term begins and when it ends, so that <c>kubectl describe lease</c> tells who led when. Each is
/// tried once, a moment later, so that it does not slow down a hand-over. Off for good once the server refuses one.
/// </summary>
internal sealed class EventRecorder(AnnouncingParts parts) : ITermAnnouncer
{
    // Metrics show terms that change this often; the oldest Event is dropped.
    private const int MostWaiting = 20;

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Queue<LeaseEvent> _waiting = new();
    private TaskCompletionSource _hurry = New();
    private Task _sending = Task.CompletedTask;
    private string _leaseUid = "";
    private bool _isSending;
    private bool _isOff;

    public void TermBegan(LeadershipTerm term, string leaseUid)
    {
        _leaseUid = leaseUid;
        Post(LeaseEvent.Began(term, parts.Identity, leaseUid, parts.Time.GetUtcNow()));
    }

    public void TermEnded(LeadershipTerm term, TermEndReason reason) =>
        Post(LeaseEvent.Ended(reason, parts.Identity, _leaseUid, parts.Time.GetUtcNow()));

    public async Task EndRunAsync()
    {
        Task sending;
        lock (_gate)
        {
            _hurry.TrySetResult();
            _hurry = New(); // Another run may follow.
            sending = _sending;
        }

        await sending.WaitAsync(AnnouncingParts.Farewell, parts.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Post(LeaseEvent news)
    {
        lock (_gate)
        {
            if (_isOff)
                return;
            if (_waiting.Count == MostWaiting)
                _waiting.Dequeue();
            _waiting.Enqueue(news);
            if (_isSending)
                return;
            _isSending = true;
            var hurry = _hurry.Task;
            _sending = Task.Run(() => SendAllAsync(hurry));
        }
    }

    private async Task SendAllAsync(Task hurry)
    {
        try
        {
            using var share = parts.Join();
            await hurry.WaitAsync(Moment, parts.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (Next() is { } news)
                await SendAsync(share.Connection, news).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The configuration was good when the election began. A failure here must not cost a term, and the next term tries again.
            lock (_gate)
                _isSending = false;
        }
    }

    private LeaseEvent? Next()
    {
        lock (_gate)
        {
            if (!_isOff && _waiting.TryDequeue(out var news))
                return news;
            _waiting.Clear();
            _isSending = false;
            return null;
        }
    }

    private async Task SendAsync(KubernetesConnection connection, LeaseEvent news)
    {
        var call = new ApiCall(
            HttpMethod.Post,
            AnnouncingParts.Core(connection.Server, parts.Namespace, "events"),
            parts.RequestTimeout)
        {
            Body = news.ToJson(parts.Namespace, parts.LeaseName),
        };
        if (await connection.SendAsync(call, CancellationToken.None).ConfigureAwait(false)
            is not ApiAnswer.Replied { Status: 401 or 403 or 404 or 405 } refusal)
            return;
        lock (_gate)
            _isOff = true;
        ElectionLog.EventsOff(parts.Logger, parts.Lease, refusal.Describe());
    }
}
