namespace LeaseElection.Simulation.Oracles;

/// <summary>
/// A replica as the oracles see it: it answers what any of its threads would be told, and they believe only true time besides.
/// </summary>
internal interface IWitness
{
    string Name { get; }

    /// <summary>Gets a value indicating whether any thread of it runs at this moment.</summary>
    bool CanAnswer { get; }

    bool IsLeader { get; }

    /// <summary>Gets a value indicating whether its work runs, or would if the process did.</summary>
    bool Works { get; }

    /// <summary>Gets the uid of the Lease that its latest term was won with.</summary>
    string? TermUid { get; }

    /// <summary>Gets how long ago, on its clock, the Lease was lost under its work; negative while it is held.</summary>
    TimeSpan SinceLoss { get; }

    /// <summary>Gets how long its work may take to stop after a loss.</summary>
    TimeSpan LossAllowance { get; }

    /// <summary>Gets the mark of its latest term, which no other term has.</summary>
    string? TermMark { get; }

    /// <summary>Whether it had been shown this term's record before it sent the write that began its own latest term.</summary>
    bool HadSeen(string mark);
}
