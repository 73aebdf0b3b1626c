using System.Globalization;
using System.Net;
using System.Text;

namespace LeaseElection.Tests.Store;

/// <summary>Stands in for the network: keeps every request that reaches the HTTP handler, and answers as the test says.</summary>
internal sealed class FakeServer(TimeProvider time) : HttpMessageHandler
{
    /// <summary>What kube-apiserver says of the sample Lease when it is not there.</summary>
    public const string NotFound = """
        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"leases.coordination.k8s.io \"report-worker\" not found","reason":"NotFound","details":{"name":"report-worker","group":"coordination.k8s.io","kind":"leases"},"code":404}
        """;

    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private readonly List<SentRequest> _requests = [];

    /// <summary>Gets the answers to come, in order. When there are none left, the last one is given again.</summary>
    public Queue<Func<SentRequest, CancellationToken, Task<HttpResponseMessage>>> Answers { get; } = new();

    public IReadOnlyList<SentRequest> Requests
    {
        get
        {
            lock (_gate)
                return [.. _requests];
        }
    }

    public FakeServer Answer(Func<HttpResponseMessage> answer) => Answer((_, _) => Task.FromResult(answer()));

    public FakeServer Answer(Func<SentRequest, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        Answers.Enqueue(answer);
        return this;
    }

    public FakeServer Answer(int status, string body) => Answer(() => Reply(status, body));

    /// <summary>Never answers, and ignores cancellation: the worst of all transports.</summary>
    public FakeServer Hang() => Answer((_, _) => new TaskCompletionSource<HttpResponseMessage>().Task);

    public FakeServer Fail(Exception exception) => Answer((_, _) => Task.FromException<HttpResponseMessage>(exception));

    public static HttpResponseMessage Reply(int status, string body, string? retryAfter = null)
    {
        var reply =
            new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (retryAfter is not null)
            reply.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return reply;
    }

    public static string Status(int code, string reason, string message) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"{{message}}","reason":"{{reason}}","code":{{code}}}""");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = new SentRequest(
            request.Method.Method,
            request.RequestUri!,
            request.Content is null ? null : await request.Content.ReadAsStringAsync(CancellationToken.None),
            request.Headers.Authorization?.ToString(),
            request.Headers.Host,
            time.GetElapsedTime(_start));
        Func<SentRequest, CancellationToken, Task<HttpResponseMessage>> answer;
        lock (_gate)
        {
            _requests.Add(sent);
            answer = Answers.Count > 1 ? Answers.Dequeue() : Answers.Peek();
        }

        return await answer(sent, cancellationToken);
    }
}

internal sealed record SentRequest(string Method, Uri Uri, string? Body, string? Authorization, string? Host, TimeSpan At);
