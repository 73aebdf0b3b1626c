using LeaseElection.Store.Json;

namespace LeaseElection.Connection.Http;

/// <summary>What came of one request. A value: sending never throws.</summary>
internal abstract record ApiAnswer
{
    private ApiAnswer()
    {
    }

    /// <summary>The server answered.</summary>
    /// <param name="Status">The HTTP status code.</param>
    /// <param name="Body">The body; the caller owns it.</param>
    /// <param name="BodyFault">Why the body is not all there (cut off, too long); null when it is.</param>
    /// <param name="RetryAfter">What the server asks to wait.</param>
    public sealed record Replied(int Status, ReadOnlyMemory<byte> Body, string? BodyFault, TimeSpan? RetryAfter) : ApiAnswer
    {
        public bool IsSuccess => Status is >= 200 and <= 299;

        /// <summary>Gets what happened besides, for people; null when nothing did.</summary>
        public string? Note { get; init; }

        /// <summary>Gets the answer for people: the status code and the server's own message.</summary>
        public string Describe()
        {
            var message = ServerStatus.Read(Body).Message;
            return $"HTTP {Status}{(message is { Length: > 0 } ? $": {message}" : "")}{(Note is null ? "" : $" ({Note})")}";
        }
    }

    /// <summary>The server answered, and goes on talking. The caller disposes of the stream.</summary>
    public sealed record Streaming(ApiStream Stream) : ApiAnswer;

    /// <summary>No answer: timeout, network error, cancellation. The server may have acted all the same.</summary>
    public sealed record Silent(string Why) : ApiAnswer;
}
