using LeaseElection.Election.Time;

namespace LeaseElection.Election.State;

/// <summary>Reads, the watch, and the pace of tries.</summary>
internal struct Requests
{
    /// <summary>Gets or sets a value indicating whether a read is under way.</summary>
    public bool Reading { get; set; }

    /// <summary>Gets or sets the view's stamp when the read was sent.</summary>
    public long ReadStamp { get; set; }

    /// <summary>Gets or sets a value indicating whether a read is needed.</summary>
    public bool ReadWanted { get; set; }

    /// <summary>Gets or sets a value indicating whether nothing may be written before that read is answered.</summary>
    public bool WriteNeedsRead { get; set; }

    /// <summary>Gets or sets the earliest moment for the next read that is wanted.</summary>
    public MonotonicInstant ReadAt { get; set; }

    /// <summary>Gets or sets the earliest moment for the next write.</summary>
    public MonotonicInstant WriteAt { get; set; }

    /// <summary>Gets or sets how many tries in a row failed.</summary>
    public int Failures { get; set; }

    public bool Watching { get; set; }

    public bool WatchBroken { get; set; }

    /// <summary>Gets or sets the version that the current watch told last, or began from; 0 when it has failed since.</summary>
    public long WatchTold { get; set; }

    /// <summary>Gets or sets the version that a read found before the watch reported it; 0 when there is none.</summary>
    public long WatchOwes { get; set; }

    /// <summary>Gets or sets when a watch that has still not reported that version is restarted.</summary>
    public MonotonicInstant WatchOwesUntil { get; set; }
}
