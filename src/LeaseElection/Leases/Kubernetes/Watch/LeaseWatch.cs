using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Polly;

namespace LeaseElection.Leases.Kubernetes;

/// <summary>One enumeration of a watch: connects, reads, connects again, and says what a reader needs to know.</summary>
internal sealed class LeaseWatch
{
    // A reader that falls behind holds the stream up; it loses nothing.
    private const int Backlog = 64;

    private readonly WatchSettings _settings;
    private readonly ResiliencePipeline<WatchEnd> _retries;
    private readonly Channel<WatchSignal> _signals = Channel.CreateBounded<WatchSignal>(new BoundedChannelOptions(Backlog) { SingleReader = true, SingleWriter = true });
    private long _version;
    private int _failures;
    private WatchSignal.Failing? _failing;

    public LeaseWatch(WatchSettings settings, long fromVersion)
    {
        (_settings, _version) = (settings, fromVersion);
        _retries = WatchRetries.Create(settings, FailedAsync);
    }

    public async IAsyncEnumerable<WatchSignal> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pump = PumpAsync(stopping.Token);
        try
        {
            await foreach (var signal in _signals.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false)) yield return signal;
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(false);
        }
    }

    private async Task PumpAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await _retries.ExecuteAsync(static (watch, ct) => watch.ConnectAsync(ct), this, cancellationToken).ConfigureAwait(false) is not WatchEnd.Expired)
                cancellationToken.ThrowIfCancellationRequested();
            await SayAsync(new WatchSignal.Expired(), cancellationToken).ConfigureAwait(false);
            _signals.Writer.Complete();
        }
        catch (Exception e)
        {
            // Cancellation, or a defect: the reader sees it, this task never fails.
            _signals.Writer.Complete(e);
        }
    }

    private async ValueTask<WatchEnd> ConnectAsync(CancellationToken cancellationToken)
    {
        var seconds = 300 + (int)(300 * _settings.Random());
        var call = new ApiCall(HttpMethod.Get, _settings.Address.Watch(_version, seconds), _settings.RequestTimeout, _settings.RequestTimeout / 2) { Streams = true };
        var answer = await _settings.Connection.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return answer switch
        {
            ApiAnswer.Streaming streaming => await FollowAsync(streaming.Stream, cancellationToken).ConfigureAwait(false), // Cancelled or not: it has to be closed.
            _ when cancellationToken.IsCancellationRequested => throw new OperationCanceledException(cancellationToken),
            ApiAnswer.Replied { Status: 410 } => new WatchEnd.Expired(),
            ApiAnswer.Replied reply => new WatchEnd.Failed(reply.Describe(), reply.RetryAfter, reply.Status is 401 or 403 ? Refusals.Of(reply, "watch") : null),
            ApiAnswer.Silent silent => new WatchEnd.Failed(silent.Why),
            _ => throw new InvalidOperationException($"Unknown answer {answer}."),
        };
    }

    private async Task<WatchEnd> FollowAsync(ApiStream stream, CancellationToken cancellationToken)
    {
        using (stream)
        {
            var (openedAt, before) = (_settings.Time.GetTimestamp(), _version);
            var lines = new LineReader(stream, BoundedBody.Longest);
            while (true)
            {
                var next = lines.ReadAsync(cancellationToken).AsTask();
                if (_failing is not null)
                    await WaitForSilenceAsync(next, cancellationToken).ConfigureAwait(false);
                var (line, fault) = await next.ConfigureAwait(false);
                var said = line is { } text ? WatchEventReader.Read(text, _settings.Address.Name) : null;
                if (said is WatchEvent.Error { Status.Code: 410 })
                    return new WatchEnd.Expired();
                if (FaultOf(said, fault) is { } why)
                {
                    // A stream that brought nothing new and was over at once has not worked: going on at once would be a storm.
                    var worked = _version > before || _settings.Time.GetElapsedTime(openedAt) >= _settings.RequestTimeout;
                    if (!worked)
                        return new WatchEnd.Failed(why);
                    await WorksAsync(cancellationToken).ConfigureAwait(false);
                    return new WatchEnd.Worked();
                }

                await WorksAsync(cancellationToken).ConfigureAwait(false);
                if (said is not WatchEvent.Says says)
                    continue;
                _version = Math.Max(_version, says.Version);
                await SayAsync(says.Signal, cancellationToken).ConfigureAwait(false);
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
        _failing = null;
        await SayAsync(new WatchSignal.Recovered(), cancellationToken).ConfigureAwait(false);
    }

    // Said once; and once more when a refusal, which somebody must act upon, takes the place of a mere failure.
    private ValueTask FailedAsync(WatchEnd.Failed failed, CancellationToken cancellationToken)
    {
        _failures++;
        var news = _failing is null ? failed.Rejection is not null || _failures >= WatchSettings.FailuresToSay : failed.Rejection is not null && _failing.Rejection is null;
        return news ? SayAsync(_failing = new(failed.Why, failed.Rejection), cancellationToken) : ValueTask.CompletedTask;
    }

    private ValueTask SayAsync(WatchSignal signal, CancellationToken cancellationToken) => _signals.Writer.WriteAsync(signal, cancellationToken);
}
