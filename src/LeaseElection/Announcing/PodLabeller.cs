using System.Text.Json;
using LeaseElection.Diagnostics;
using LeaseElection.Runtime;

namespace LeaseElection.Announcing;

/// <summary>
/// Keeps the leader's labels where they belong: on our pod while our term goes on, and on no other. It compares and corrects after every
/// change of what is wanted, until the labels are right. Each correction is for the version of the pod that was seen, so that no earlier
/// one takes effect later. A label is a hint for routing: a request may still reach a former leader.
/// </summary>
internal sealed class PodLabeller(AnnouncingParts parts, LeaderPod pod) : ITermAnnouncer
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private LeadershipTerm? _term;
    private TaskCompletionSource _changed = New();
    private Task _work = Task.CompletedTask;
    private bool _isWorking;
    private bool _isRefused;
    private volatile bool _isOver;

    public void TermBegan(LeadershipTerm term, string leaseUid) => Want(term);

    public void TermEnded(LeadershipTerm term, TermEndReason reason) => Want(term);

    public async Task EndRunAsync()
    {
        _isOver = true;
        await _work.WaitAsync(AnnouncingParts.Farewell, parts.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The latest term, whether it goes on or has ended: the term itself says which.
    private void Want(LeadershipTerm term)
    {
        lock (_gate)
        {
            _term = term;
            _isOver = false;
            _changed.TrySetResult();
            if (_isWorking)
                return;
            _isWorking = true;
            _work = Task.Run(WorkAsync);
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            await UntilSoAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The configuration was good when the election began. No label may cost a term; the next change tries again.
            lock (_gate)
                _isWorking = false;
        }
    }

    private async Task UntilSoAsync()
    {
        using var share = parts.Join();
        var requests = new PodRequests(share.Connection, parts, pod.Namespace);
        var pause = Shortest;
        while (true)
        {
            LeadershipTerm term;
            Task changed;
            lock (_gate)
            {
                _changed = New();
                (term, changed) = (_term!, _changed.Task);
            }

            var outcome = await TryAsync(requests, term).ConfigureAwait(false);
            lock (_gate)
            {
                // Once the election is over, a refused request is not tried again.
                if (!changed.IsCompleted && (outcome == Outcome.Done || (outcome == Outcome.Refused && _isOver)))
                {
                    _isWorking = false;
                    return;
                }
            }

            if (outcome != Outcome.Done)
                await changed.WaitAsync(outcome == Outcome.Refused ? AfterRefusal : pause, parts.Time)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = changed.IsCompleted ? Shortest : pause * 2 < Longest ? pause * 2 : Longest;
        }
    }

    private async Task<Outcome> TryAsync(PodRequests requests, LeadershipTerm term)
    {
        try
        {
            if (term.IsActive)
                await PutOnAsync(requests, term).ConfigureAwait(false);
            else
                await TakeOffAsync(requests, term).ConfigureAwait(false);
            _isRefused = false;
            return Outcome.Done;
        }
        catch (PodRequestException error) when (error.IsRefused)
        {
            if (!_isRefused)
                ElectionLog.LabelRefused(parts.Logger, parts.Lease, $"{pod.Namespace}/{pod.Name}", error.Verb, error.Message);
            _isRefused = true;
            return Outcome.Refused;
        }
        catch (Exception error) when (error is PodRequestException or JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Outcome.Failed; // A conflict, a server in trouble, an answer that is no pod: look again.
        }
    }

    // Other pods first: a Service that selects the leader then selects none for a moment, rather than two.
    private async Task PutOnAsync(PodRequests requests, LeadershipTerm term)
    {
        foreach (var other in await requests.ListLeadersAsync().ConfigureAwait(false))
        {
            if (other.Pod != pod.Name && term.IsActive)
                await requests.PatchAsync(other.Pod, other.TakeOff(term)).ConfigureAwait(false);
        }

        var ours = await requests.GetAsync(pod.Name).ConfigureAwait(false);
        if (!ours.IsLabelled && term.IsActive)
            await requests.PatchAsync(pod.Name, ours.PutOn(parts.LeaseName)).ConfigureAwait(false);
    }

    private async Task TakeOffAsync(PodRequests requests, LeadershipTerm term)
    {
        var ours = await requests.GetAsync(pod.Name).ConfigureAwait(false);
        if (ours.IsLabelled || ours.LastTakenOff != PodLabels.TokenOf(term))
            await requests.PatchAsync(pod.Name, ours.TakeOff(term)).ConfigureAwait(false);
    }

    private enum Outcome
    {
        Done,
        Failed,
        Refused,
    }
}
