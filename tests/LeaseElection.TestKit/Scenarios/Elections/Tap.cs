using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>
/// Sits at the HTTP handler of one replica: counts what is sent, and on demand holds writes or their replies back, loses replies, or cuts
/// the replica off. The server at the other end is what it is.
/// </summary>
public sealed class Tap
{
    private readonly ConcurrentQueue<SentRequest> _sent = new();
    private ImmutableStack<SentRequest> _writes = [];
    private TaskCompletionSource _news = New();
    private volatile TaskCompletionSource? _writeGate;
    private volatile TaskCompletionSource? _replyGate;
    private volatile bool _holdsReads;
    private volatile bool _cutOff;
    private volatile bool _noWatch;
    private volatile bool _losesReplies;

    /// <summary>Gets the kinds of what was sent, in order: GET, WATCH, POST, PUT.</summary>
    public IReadOnlyList<string> Sent => [.. _sent.Select(request => request.Kind)];

    public IReadOnlyList<SentRequest> Requests => [.. _sent];

    /// <summary>
    /// Gets or sets a value indicating whether nothing more reaches the server. A watch that is open goes on: see <see cref="NoWatch"/>.
    /// </summary>
    public bool CutOff { get => _cutOff; set => _cutOff = value; }

    public bool NoWatch { get => _noWatch; set => _noWatch = value; }

    /// <summary>Gets or sets a value indicating whether the server answers writes, and the answers are lost.</summary>
    public bool LosesReplies { get => _losesReplies; set => _losesReplies = value; }

    /// <summary>Gets when the last write was sent that may have taken effect; null when there is none.</summary>
    public long? LatestWrite
    {
        get
        {
            foreach (var write in Volatile.Read(ref _writes))
            {
                if (write.MayHaveTakenEffect)
                    return write.SentAt;
            }

            return null;
        }
    }

    public int Count(params string[] kinds) => _sent.Count(request => kinds.Contains(request.Kind));

    /// <summary>Writes wait here before they go to the server, until <see cref="ReleaseWrites"/>.</summary>
    public void HoldWrites() => _writeGate = New();

    /// <summary>Writes go to the server, and what it answers waits here until <see cref="ReleaseWrites"/>.</summary>
    /// <param name="reads">Whether the answers to reads wait, too.</param>
    public void HoldReplies(bool reads = false) => (_holdsReads, _replyGate) = (reads, New());

    public void ReleaseWrites()
    {
        var (writes, replies) = (_writeGate, _replyGate);
        (_writeGate, _replyGate) = (null, null);
        writes?.TrySetResult();
        replies?.TrySetResult();
    }

    /// <summary>Waits until so many requests of a kind were sent.</summary>
    public Task UntilSentAsync(string kind, int count) => UntilAsync(() => Count(kind) >= count);

    /// <summary>Waits until so many more requests of a kind were sent.</summary>
    public Task UntilSentMoreAsync(string kind, int count) => UntilSentAsync(kind, Count(kind) + count);

    /// <summary>Waits until so many requests of a kind were answered like this.</summary>
    public Task UntilAnsweredAsync(string kind, int status, int count) =>
        UntilAsync(() => _sent.Count(request => request.Kind == kind && request.Status == status) >= count);

    /// <summary>Waits until so many writes were answered with success, from now on.</summary>
    public Task UntilWrittenMoreAsync(int count)
    {
        var before = _sent.Count(request => request.IsWrite && request.Succeeded);
        return UntilAsync(() => _sent.Count(request => request.IsWrite && request.Succeeded) >= before + count);
    }

    /// <summary>For the judge's own tests: as if nothing had been written.</summary>
    internal void ForgetWrites() => Volatile.Write(ref _writes, []);

    public HttpMessageHandler Wrap(HttpMessageHandler inner) => new Handler(this, inner);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task UntilAsync(Func<bool> condition)
    {
        while (true)
        {
            var news = Volatile.Read(ref _news);
            if (condition())
                return;
            await news.Task.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    private void Tell() => Interlocked.Exchange(ref _news, New()).SetResult();

    private sealed class Handler(Tap tap, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var watch = request.RequestUri!.Query.Contains("watch=", StringComparison.Ordinal);
            var sent = new SentRequest(watch ? "WATCH" : request.Method.Method);
            tap._sent.Enqueue(sent);
            if (sent.IsWrite)
                ImmutableInterlocked.Update(ref tap._writes, writes => writes.Push(sent));
            tap.Tell();
            if (sent.IsWrite && tap._writeGate is { } gate)
                await gate.Task.WaitAsync(cancellationToken);
            if (tap._cutOff || (watch && tap._noWatch))
            {
                sent.Fail();
                throw new HttpRequestException("cut off by the test");
            }

            var response = await base.SendAsync(request, cancellationToken);
            sent.Answer((int)response.StatusCode);
            tap.Tell();
            if ((sent.IsWrite || (tap._holdsReads && !watch)) && tap._replyGate is { } replies)
                await replies.Task.WaitAsync(cancellationToken);
            if (sent.IsWrite && tap._losesReplies)
            {
                response.Dispose();
                throw new HttpRequestException("reply lost by the test");
            }

            return response;
        }
    }
}
