namespace FailoverDemo.Story;

/// <summary>How a term came to its end.</summary>
internal enum Disruption
{
    /// <summary>Neither of the others: somebody asked the leader to step down, its work failed, …</summary>
    Other,

    /// <summary>Its host was stopped: the work is drained, the Lease released.</summary>
    GracefulStop,

    /// <summary>The API server stopped answering it: its term runs out, then its Lease expires.</summary>
    Freeze,
}
