namespace LeaseElection.Election.State;

/// <summary>The term that users see: its number in this process, whether it goes on, and why the last one ended.</summary>
internal struct Term
{
    public long Number { get; set; }

    public bool Active { get; set; }

    public TermEndReason EndReason { get; set; }
}
