namespace LeaseElection.Leases;

/// <summary>A Lease as it was at one version.</summary>
internal readonly record struct LeaseSnapshot
{
    public required string Uid { get; init; }

    /// <summary>Gets the <c>resourceVersion</c>. Versions compare as integers (KEP-5504).</summary>
    public required long Version { get; init; }

    public LeaseSpec Spec { get; init; }

    /// <summary>Gets the text of the annotation <see cref="TermMark.Annotation"/>; null when it is absent.</summary>
    public string? Mark { get; init; }

    /// <summary>Gets the text of the annotation <see cref="ApplicationNote.Annotation"/>; null when it is absent.</summary>
    public string? Application { get; init; }

    /// <summary>Gets what the store needs to write the rest back as read (labels, other annotations, …). Opaque here.</summary>
    public object? Rest { get; init; }
}
