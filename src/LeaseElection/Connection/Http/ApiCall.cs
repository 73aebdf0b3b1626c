namespace LeaseElection.Connection.Http;

/// <summary>One request to be sent.</summary>
/// <param name="Method">GET, POST, PUT or PATCH.</param>
/// <param name="Uri">Where to.</param>
/// <param name="Timeout">How long to wait for the answer: all of it, or of a stream its headers.</param>
internal sealed record ApiCall(HttpMethod Method, Uri Uri, TimeSpan Timeout)
{
    /// <summary>Gets the JSON to send; null for none.</summary>
    public ReadOnlyMemory<byte>? Body { get; init; }

    /// <summary>Gets what the body is.</summary>
    public string ContentType { get; init; } = ApiDialect.Json;

    /// <summary>Gets a value indicating whether a successful answer's body is a stream without an end.</summary>
    public bool Streams { get; init; }

    /// <summary>Gets which transport it takes.</summary>
    public Way Way { get; init; }

    /// <summary>Gets the trail that <see cref="Way"/> speaks of; null for none.</summary>
    public Trail? Trail { get; init; }

    /// <summary>Gets a value indicating whether it leaves its transport on the trail.</summary>
    public bool LeavesTrail { get; init; }
}
