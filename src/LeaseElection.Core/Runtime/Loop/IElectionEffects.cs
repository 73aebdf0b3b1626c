using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Runtime.Terms;

namespace LeaseElection.Runtime.Loop;

/// <summary>
/// Where an election's driver reaches the world: requests, a timer, the work. The loop does these things with tasks and threads, the
/// simulation in virtual time. <see cref="ElectionDriver"/> decides for both what is done, and in which order.
/// </summary>
internal interface IElectionEffects
{
    /// <summary>Takes an input from any thread; the driver gets it later, one at a time.</summary>
    void Post(ElectionInput input);

    /// <summary>Sends a write and posts its end, exactly once.</summary>
    void Write(in Effect effect);

    /// <summary>Sends a read and posts its end, exactly once.</summary>
    void Read();

    /// <summary>Sends a read on the connection of the last write, or on another, and posts its end, exactly once.</summary>
    void Probe(in Effect effect);

    /// <summary>Watches from this version on. Replaces the current watch.</summary>
    void Watch(long fromVersion);

    /// <summary>Posts <see cref="ElectionInput.Woken"/> after this time. Replaces the earlier wake-up; infinite: never.</summary>
    void Wake(TimeSpan dueIn);

    /// <summary>
    /// Runs the work for this term, if the term still goes on by then, and reports its end to <see cref="TermKeeper.WorkEnded"/>.
    /// </summary>
    void StartWork(HeldTerm term);

    /// <summary>The caller that stopped the election may stop waiting, though work still runs.</summary>
    void ReturnFromStop();

    /// <summary>The election is over here.</summary>
    void Finish();
}
