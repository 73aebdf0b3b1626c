namespace LeaseElection.Election.State;

/// <summary>
/// What is known of connections while a write has no answer: one read was sent on the write's own connection, and one on another.
/// </summary>
internal struct Doubt
{
    /// <summary>Gets or sets the number of the write; 0 when nothing was doubted yet.</summary>
    public long Write { get; set; }

    /// <summary>Gets or sets the view's stamp when the reads were sent.</summary>
    public long Stamp { get; set; }

    /// <summary>Gets or sets a value indicating whether the write's own connection answered: it lives, and the server is slow.</summary>
    public bool OwnAnswered { get; set; }

    /// <summary>Gets or sets a value indicating whether another connection answered.</summary>
    public bool OtherAnswered { get; set; }
}
