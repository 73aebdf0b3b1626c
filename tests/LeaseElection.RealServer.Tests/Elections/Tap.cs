using System.Collections.Concurrent;

namespace LeaseElection.RealServer.Tests.Elections;

/// <summary>
/// Sits at the HTTP handler of one replica: counts what is sent, and on demand holds writes back, loses replies, or cuts the replica
/// off. The server at the other end is the real one.
/// </summary>
internal sealed class Tap
{
    private readonly ConcurrentQueue<string> _sent = new();
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _writeGate;

    /// <summary>Gets what was sent, in order: GET, WATCH, POST, PUT.</summary>
    public IReadOnlyList<string> Sent => [.. _sent];

    /// <summary>Gets or sets a value indicating whether nothing reaches the server.</summary>
    public bool CutOff { get; set; }

    public bool NoWatch { get; set; }

    /// <summary>Gets or sets a value indicating whether the server answers writes, and the answers are lost.</summary>
    public bool LosesReplies { get; set; }

    public int Count(params string[] kinds) => _sent.Count(kinds.Contains);

    public void HoldWrites() => _writeGate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReleaseWrites()
    {
        var gate = _writeGate;
        _writeGate = null;
        gate?.TrySetResult();
    }

    /// <summary>Waits until so many requests of a kind were sent.</summary>
    public async Task UntilSentAsync(string kind, int count)
    {
        while (true)
        {
            var news = Volatile.Read(ref _news);
            if (Count(kind) >= count)
                return;
            await news.Task.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public HttpMessageHandler Wrap(HttpMessageHandler inner) => new Handler(this, inner);

    private sealed class Handler(Tap tap, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var watch = request.RequestUri!.Query.Contains("watch=", StringComparison.Ordinal);
            var kind = watch ? "WATCH" : request.Method.Method;
            tap._sent.Enqueue(kind);
            Interlocked.Exchange(ref tap._news, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            if (kind is "POST" or "PUT" && tap._writeGate is { } gate)
                await gate.Task.WaitAsync(cancellationToken);
            if (tap.CutOff || (watch && tap.NoWatch))
                throw new HttpRequestException("cut off by the test");
            var response = await base.SendAsync(request, cancellationToken);
            if (tap.LosesReplies && kind is "POST" or "PUT")
            {
                response.Dispose();
                throw new HttpRequestException("reply lost by the test");
            }

            return response;
        }
    }
}
