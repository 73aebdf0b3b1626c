namespace LeaseElection.Testing;

/// <summary>A request that the server received.</summary>
public sealed class LeaseApiRequest
{
    private int _status;

    internal LeaseApiRequest()
    {
    }

    /// <summary>Gets the request's number: 1 for the server's first, then rising by one.</summary>
    public long Number { get; internal set; }

    /// <summary>Gets when the server received it, on its clock.</summary>
    public DateTimeOffset At { get; internal init; }

    /// <summary>Gets who sent it: the name of a <see cref="LeaseApiUser"/>, or <c>admin</c>, or <c>system:anonymous</c>.</summary>
    public string User { get; internal set; } = "";

    /// <summary>
    /// Gets the Kubernetes verb: get, list, watch, create, update, patch, delete or deletecollection; empty where it asks for no resource.
    /// </summary>
    public string Verb { get; internal init; } = "";

    /// <summary>Gets the HTTP method.</summary>
    public string Method { get; internal init; } = "";

    /// <summary>Gets the path.</summary>
    public string Path { get; internal init; } = "";

    /// <summary>Gets the query with its question mark, or an empty string.</summary>
    public string Query { get; internal init; } = "";

    /// <summary>Gets the resource: <c>leases</c>, <c>namespaces</c>, or null.</summary>
    public string? Resource { get; internal init; }

    /// <summary>Gets the namespace; null where the path has none.</summary>
    public string? Namespace { get; internal init; }

    /// <summary>Gets the Lease's name; for a list or a watch that of its field selector; null where neither has one.</summary>
    public string? Name { get; internal init; }

    /// <summary>Gets the body that was sent, once it has been read; null where there was none.</summary>
    public string? Body { get; internal set; }

    /// <summary>Gets the status code; null while the request is not answered, or if it never was.</summary>
    public int? StatusCode
    {
        get => Volatile.Read(ref _status) is var status and not 0 ? status : null;
        internal set => Volatile.Write(ref _status, value ?? 0);
    }

    /// <summary>Gets a value indicating whether it changes something: create, update, patch, delete, deletecollection.</summary>
    public bool IsWrite => Verb is "create" or "update" or "patch" or "delete" or "deletecollection";

    /// <summary>Gets the request as one line.</summary>
    /// <returns>Number, user, method, path, query and status.</returns>
    public override string ToString() => $"{Number} {User} {Method} {Path}{Query} -> {(StatusCode is { } status ? status : "no answer")}";
}
