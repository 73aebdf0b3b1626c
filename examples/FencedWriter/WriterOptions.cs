namespace FencedWriter;

/// <summary>The writer's settings: the command line, or configuration.</summary>
internal sealed class WriterOptions
{
    /// <summary>
    /// The Lease's name, and the name of its row in the table <c>fence</c>. Tokens of different Leases do not compare: where several
    /// clusters or
    /// namespaces write to one database, each needs a name of its own there.
    /// </summary>
    public const string Lease = "fenced-writer";

    /// <summary>Gets or sets how often the leader writes, in milliseconds: 1 to 60,000.</summary>
    public int Every { get; set; } = 1000;
}
