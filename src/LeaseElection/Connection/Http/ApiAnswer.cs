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
        /// <summary>Gets the body's media type; null when the answer names none.</summary>
        public string? MediaType { get; init; }

        public bool IsSuccess => Status is >= 200 and <= 299;

        /// <summary>Gets what happened besides, for people; null when nothing did.</summary>
        public string? Note { get; init; }

        /// <summary>Gets the answer for people: the status code, the server's own message, and whether it is the API server's.</summary>
        public string Describe() => Note is null ? Said() : $"{Said()} ({Note})";

        private string Said()
        {
            var said = ServerStatus.Read(Body);
            if (said.IsStatus)
                return said.Message.Length > 0 ? $"HTTP {Status}: {said.Message}" : $"HTTP {Status}";
            var type = MediaType is null ? "" : $" {MediaType}";
            if (BodyFault is not null)
                return $"HTTP {Status}{type}, and its body is not all there: {BodyFault}";
            // kube-apiserver itself sends plain texts when it is busy, starts or stops.
            var from = Status is 429 or >= 500 ? "" : " from something that is not the API server";
            return said.Message.Length > 0 ? $"HTTP {Status}{type}{from}: '{said.Message}'" : $"HTTP {Status}{from}, without a body";
        }
    }

    /// <summary>The server answered, and goes on talking. The caller disposes of the stream.</summary>
    public sealed record Streaming(ApiStream Stream) : ApiAnswer;

    /// <summary>No answer: timeout, network error, cancellation. The server may have acted all the same.</summary>
    public sealed record Silent(string Why) : ApiAnswer;
}
