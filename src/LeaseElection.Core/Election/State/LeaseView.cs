using LeaseElection.Election.Time;
using LeaseElection.Leases;

namespace LeaseElection.Election.State;

/// <summary>The Lease as this candidate knows it, since when, and how long to wait for it (S3).</summary>
internal struct LeaseView
{
    public Knowledge Knowledge { get; set; }

    /// <summary>Gets or sets the Lease; meaningful while it is present.</summary>
    public LeaseSnapshot Lease { get; set; }

    /// <summary>Gets or sets the newest version known from a confirmed write or an observation; kept while the Lease is absent.</summary>
    public long Baseline { get; set; }

    /// <summary>Gets or sets the newest version that a watch reported: a repeated report is no news.</summary>
    public long Told { get; set; }

    /// <summary>
    /// Gets or sets a count that rises with every confirmed write and every observation: it shows whether a
    /// read is older than what we know.
    /// </summary>
    public long Stamp { get; set; }

    /// <summary>Gets or sets when this uid and spec (or the absence) were first received. Edits of labels do not move it.</summary>
    public MonotonicInstant Since { get; set; }

    /// <summary>Gets or sets how long it must be seen unchanged from then on; zero when the Lease is free.</summary>
    public TimeSpan Wait { get; set; }

    /// <summary>
    /// Gets or sets until when we wait for a holder whose Lease was deleted, whatever was created in its place since: a newcomer may not
    /// have known of that holder, but we do.
    /// </summary>
    public MonotonicInstant DeletedHolderUntil { get; set; }

    /// <summary>Gets or sets the delay added to an expiry, so that many standbys do not write at once.</summary>
    public TimeSpan Jitter { get; set; }

    /// <summary>Gets or sets a value indicating whether the record is exactly a write of ours whose term is over.</summary>
    public bool Own { get; set; }

    /// <summary>
    /// Gets or sets when we may take back what is seen now, because nobody else can hold it (S3); null where another may.
    /// </summary>
    public MonotonicInstant? TakeBackAt { get; set; }

    /// <summary>Gets or sets when the watch or a read last reported anything.</summary>
    public MonotonicInstant LastNews { get; set; }

    public readonly string? Holder => Knowledge == Knowledge.Present && Lease.Spec.HasHolder ? Lease.Spec.HolderIdentity : null;

    public readonly MonotonicInstant FreeAt =>
        MonotonicInstant.Max(DeletedHolderUntil, TakeBackAt is { } at ? at : Own || Wait == TimeSpan.Zero ? Since : Since + Wait + Jitter);
}
