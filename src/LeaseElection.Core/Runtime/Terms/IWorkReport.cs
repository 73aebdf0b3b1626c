namespace LeaseElection.Runtime.Terms;

/// <summary>What the work of a term reports while it runs. Any thread may call the members; none of them waits or throws.</summary>
internal interface IWorkReport
{
    /// <summary>A part threw, which ends the term at once. After the term's end it is a warning (S8).</summary>
    void Failed(Exception error);

    /// <summary>All parts have ended by themselves.</summary>
    void Completed();
}
