using System.Net.Http.Headers;

namespace LeaseElection.Connection.Http;

/// <summary>What a server asks to wait: seconds, or an HTTP date. The one place where a wall clock is compared with a server's.</summary>
internal static class RetryAfter
{
    public static TimeSpan? Of(HttpResponseHeaders headers, TimeProvider time) => headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => TimeSpan.FromTicks(Math.Max(0, (date - time.GetUtcNow()).Ticks)),
        _ => null,
    };
}
