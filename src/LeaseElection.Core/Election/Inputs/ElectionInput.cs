using LeaseElection.Leases;

namespace LeaseElection.Election.Inputs;

/// <summary>What happened. The loop turns every event into exactly one of these.</summary>
internal abstract record ElectionInput
{
    private ElectionInput()
    {
    }

    /// <summary>Campaigning may begin.</summary>
    public sealed record Started : ElectionInput;

    /// <summary>The watch shows the Lease like this.</summary>
    public sealed record LeaseSeen(LeaseSnapshot Lease) : ElectionInput;

    /// <summary>The watch shows that the Lease was deleted, at this version.</summary>
    public sealed record LeaseDeleted(long Version) : ElectionInput;

    /// <summary>The watch is alive and has nothing new.</summary>
    public sealed record WatchIdle : ElectionInput;

    /// <summary>The watch ended because its version is gone (410).</summary>
    public sealed record WatchExpired : ElectionInput;

    /// <summary>The watch cannot be kept up (false) or works again (true).</summary>
    public sealed record WatchHealth(bool Healthy) : ElectionInput;

    /// <summary>The read that was asked for has ended.</summary>
    public sealed record ReadEnded(ReadOutcome Outcome) : ElectionInput;

    /// <summary>A read that was sent because this write has no answer has ended.</summary>
    public sealed record ProbeEnded(long Write, bool OnAnother, ReadOutcome Outcome) : ElectionInput;

    /// <summary>The write with this number has ended.</summary>
    public sealed record WriteEnded(long Id, WriteOutcome Outcome) : ElectionInput;

    /// <summary>The timer fired, or something else asks for a look at the clock.</summary>
    public sealed record Woken : ElectionInput;

    /// <summary>A reader on another thread saw the term's deadline pass: the term is over, whatever this step's clock says (S2).</summary>
    public sealed record ExpirySeen(long Term) : ElectionInput;

    /// <summary>Leave of our own will, for good.</summary>
    public sealed record StopRequested : ElectionInput;

    /// <summary>Leave of our own will, and campaign again later.</summary>
    public sealed record StepDownRequested : ElectionInput;

    /// <summary>Leave of our own will, and do not campaign before <see cref="ResumeRequested"/>.</summary>
    public sealed record PauseRequested : ElectionInput;

    /// <summary>Campaign again.</summary>
    public sealed record ResumeRequested : ElectionInput;

    /// <summary>A part of this term's work failed by itself, which ended the term; the other parts may still run (S8).</summary>
    public sealed record WorkFailed(long Term) : ElectionInput;

    /// <summary>All parts of the work of this term have ended by themselves; they may still have to be disposed of.</summary>
    public sealed record WorkCompleted(long Term) : ElectionInput;

    /// <summary>All work of this term has ended: nothing runs any more (S6).</summary>
    public sealed record WorkEnded(long Term) : ElectionInput;
}
