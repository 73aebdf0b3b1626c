namespace LeaseElection.Runtime.Terms;

/// <summary>What the work of a term says of itself while it runs. Members may be used from any thread; none of them waits or throws.</summary>
internal interface IWorkReport
{
    /// <summary>A part threw. That ends the term at once; of one that has ended, it is a warning (S8).</summary>
    void Failed(Exception error);

    /// <summary>All parts have ended by themselves.</summary>
    void Completed();
}
