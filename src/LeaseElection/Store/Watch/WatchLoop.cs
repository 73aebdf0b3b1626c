using LeaseElection.Connection.Http;
using LeaseElection.Diagnostics;
using LeaseElection.Leases;
using LeaseElection.Store.Http;
using LeaseElection.Store.Json;
using Polly;

namespace LeaseElection.Store.Watch;

/// <summary>
/// Connects, reads, connects again where it stopped, and reports what a reader needs to know, until the version to go on from is gone.
/// </summary>
internal sealed class WatchLoop
{
    private readonly WatchSettings _settings;
    private readonly IWatchListener _listener;
    private readonly Func<string, bool> _wants;
    private readonly ResiliencePipeline<WatchEnd> _retries;
    private readonly Lock _gate = new();
    private CancellationTokenSource? _connection;
    private long _version;
    private int _failures;
    private WatchSignal.Failing? _failing;

    public WatchLoop(WatchSettings settings, long fromVersion, IWatchListener listener)
    {
        (_settings, _version, _listener, _wants) = (settings, fromVersion, listener, listener.Wants);
        _retries = WatchRetries.Create(settings, FailedAsync);
    }

    /// <summary>Gets the version up to which everything was reported.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Gets the reported reason why the watch cannot be kept up; null when it works.</summary>
    public WatchSignal.Failing? Trouble => Volatile.Read(ref _failing);

    /// <summary>Runs until the server says that the version is gone, and says so.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _retries.ExecuteAsync(static (watch, ct) => watch.ConnectAsync(ct), this, cancellationToken)
            .ConfigureAwait(false) is not WatchEnd.Expired)
            cancellationToken.ThrowIfCancellationRequested();
        await SayAsync(null, new WatchSignal.Expired(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// A reader knows more than this watch has reported. Its connection may be dead: another one goes on from where it was.
    /// </summary>
    public void Reconnect()
    {
        _settings.Lag.FallBehind();
        lock (_gate)
        {
            if (_connection is { } connection)
                ForeignCallbacks.Cancel(connection);
        }
    }

    private async ValueTask<WatchEnd> ConnectAsync(CancellationToken cancellationToken)
    {
        using var connection = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        lock (_gate)
            _connection = connection;
        try
        {
            var seconds = 300 + (int)(300 * _settings.Random());
            var call = new ApiCall(
                HttpMethod.Get,
                _settings.Address.Watch(_version, seconds, _settings.All),
                _settings.LongestWait)
            {
                Streams = true,
            };
            var sending = _settings.Connection.SendAsync(call, connection.Token);
            await WaitForHeadersAsync(sending, cancellationToken).ConfigureAwait(false);
            var answer = await sending.ConfigureAwait(false);
            return answer switch
            {
                // Cancelled or not: it has to be closed.
                ApiAnswer.Streaming streaming =>
                    await FollowAsync(streaming.Stream, cancellationToken, connection.Token).ConfigureAwait(false),
                _ when cancellationToken.IsCancellationRequested => throw new OperationCanceledException(cancellationToken),
                _ when connection.IsCancellationRequested => new WatchEnd.Worked(),
                ApiAnswer.Replied { Status: 410 } => new WatchEnd.Expired(),
                ApiAnswer.Replied reply => new WatchEnd.Failed(
                    reply.Describe(),
                    reply.RetryAfter,
                    reply.Status is 401 or 403 ? RejectionClassifier.Of(reply, "watch") : null),
                ApiAnswer.Silent silent => new WatchEnd.Failed(silent.Why),
                _ => throw new InvalidOperationException($"Unknown answer {answer}."),
            };
        }
        finally
        {
            lock (_gate)
                _connection = null;
        }
    }

    private async Task<WatchEnd> FollowAsync(ApiStream stream, CancellationToken cancellationToken, CancellationToken connection)
    {
        using (stream)
        {
            var (openedAt, before) = (_settings.Time.GetTimestamp(), _version);
            _settings.Lag.Open();
            if (_settings.Lag.IsHeldBack)
                await TroubleAsync(new(EventLag.Why, null), cancellationToken).ConfigureAwait(false);
            var lines = new LineReader(stream, BoundedBody.Longest);
            while (true)
            {
                var next = lines.ReadAsync(cancellationToken).AsTask();
                if (_failing is not null && !_settings.Lag.IsHeldBack)
                    await WaitForSilenceAsync(next, cancellationToken).ConfigureAwait(false);
                var (line, fault) = await next.ConfigureAwait(false);
                if (connection.IsCancellationRequested || (line is null && stream.IsGivenUp))
                    return new WatchEnd.Worked();
                var said = line is { } text ? WatchEventReader.Read(text, _wants) : null;
                if (said is WatchEvent.Error { Status.Code: 410 })
                {
                    _settings.Lag.End();
                    return new WatchEnd.Expired();
                }

                if (_settings.All && said is WatchEvent.Unreadable { Name: { } unreadable })
                {
                    // One unreadable Lease must not end the shared watch: its follower reads it, and reports what is wrong.
                    await SayAsync(unreadable, new WatchSignal.Expired(), cancellationToken).ConfigureAwait(false);
                    continue;
                }

                if (FaultOf(said, fault) is { } why)
                {
                    // A stream that brought nothing new and ended at once has not worked: reconnecting at once would be a storm.
                    var worked = _version > before || _settings.Time.GetElapsedTime(openedAt) >= _settings.RequestTimeout;
                    if (!worked)
                        return new WatchEnd.Failed(why);
                    if (!_settings.Lag.IsHeldBack)
                        await WorksAsync(cancellationToken).ConfigureAwait(false);
                    return new WatchEnd.Worked();
                }

                if (said is WatchEvent.Says { Version: var reached })
                    _settings.Lag.Bring(reached);
                await WorksAsync(cancellationToken).ConfigureAwait(false);
                if (said is not WatchEvent.Says says)
                    continue;
                Volatile.Write(ref _version, Math.Max(_version, says.Version));
                await SayAsync(says.Name, says.Signal, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Why the stream is over; null when it goes on.
    private static string? FaultOf(WatchEvent? said, string? fault) => said switch
    {
        null => fault ?? "the server ended the watch at once",
        WatchEvent.Error error => $"the server ended the watch: {error.Status.Message} ({error.Status.Code})",
        WatchEvent.Unreadable unreadable => $"an event cannot be understood: {unreadable.Why}",
        _ => null,
    };

    // Kubernetes sends the headers of a watch at once. Whoever holds them back may do so for minutes: the reader must not wait for that.
    private async Task WaitForHeadersAsync(Task sending, CancellationToken cancellationToken)
    {
        if (_failing is not null)
            return;
        try
        {
            await sending.WaitAsync(_settings.RequestTimeout, _settings.Time, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            var why = $"the watch has no answer within {_settings.RequestTimeout.TotalMilliseconds:0} ms, and goes on waiting for it";
            await TroubleAsync(new(why, null), cancellationToken).ConfigureAwait(false);
        }
    }

    // A quiet Lease has nothing to say: a stream that stays open for a while works.
    private async Task WaitForSilenceAsync(Task next, CancellationToken cancellationToken)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(_settings.RequestTimeout, _settings.Time, quiet.Token);
        if (await Task.WhenAny(next, pause).ConfigureAwait(false) == pause && !cancellationToken.IsCancellationRequested)
            await WorksAsync(cancellationToken).ConfigureAwait(false);
        await quiet.CancelAsync().ConfigureAwait(false);
    }

    private async ValueTask WorksAsync(CancellationToken cancellationToken)
    {
        _failures = 0;
        if (_failing is null)
            return;
        Volatile.Write(ref _failing, null);
        await SayAsync(null, new WatchSignal.Recovered(), cancellationToken).ConfigureAwait(false);
    }

    // Reported once; and once more when a refusal, which an administrator must act upon, replaces a mere failure.
    private ValueTask FailedAsync(WatchEnd.Failed failed, CancellationToken cancellationToken)
    {
        _failures++;
        var news = _failing is null
            ? failed.Rejection is not null || _failures >= WatchSettings.FailuresToSay
            : failed.Rejection is not null && _failing.Rejection is null;
        if (!news)
            return ValueTask.CompletedTask;
        return TroubleAsync(new(failed.Why, failed.Rejection), cancellationToken);
    }

    private ValueTask TroubleAsync(WatchSignal.Failing trouble, CancellationToken cancellationToken)
    {
        if (_failing is not null && trouble.Rejection is null)
            return ValueTask.CompletedTask;
        Volatile.Write(ref _failing, trouble);
        return SayAsync(null, trouble, cancellationToken);
    }

    private ValueTask SayAsync(string? name, WatchSignal signal, CancellationToken cancellationToken) =>
        _listener.SayAsync(name, signal, cancellationToken);
}
