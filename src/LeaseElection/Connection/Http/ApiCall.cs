namespace LeaseElection.Connection.Http;

/// <summary>One request to be sent once.</summary>
/// <param name="Method">GET, POST, PUT or PATCH.</param>
/// <param name="Uri">Where to.</param>
/// <param name="Timeout">How long to wait for the answer: all of it, or of a stream its headers.</param>
/// <param name="SuspectAfter">A silence of this length is taken for a dead connection, not for a caller who had little time.</param>
internal sealed record ApiCall(HttpMethod Method, Uri Uri, TimeSpan Timeout, TimeSpan SuspectAfter)
{
    /// <summary>Gets the JSON to send; null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Gets what the body is.</summary>
    public string ContentType { get; init; } = ApiDialect.Json;

    /// <summary>Gets a value indicating whether a successful answer's body is a stream without an end.</summary>
    public bool Streams { get; init; }
}
