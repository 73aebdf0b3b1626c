using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Runtime.Terms;

namespace LeaseElection.Runtime.Loop;

/// <summary>
/// Where an election's driver reaches the world: requests, a timer, the work. The pump does these things with tasks and threads, the
/// simulation in virtual time; what is done, and in which order, both have from <see cref="ElectionDriver"/>.
/// </summary>
internal interface IElectionEffects
{
    /// <summary>Takes an input from any thread; the driver gets it later, one at a time.</summary>
    void Post(ElectionInput input);

    /// <summary>Sends a write and posts its end, exactly once.</summary>
    void Write(in Effect effect);

    /// <summary>Sends a read and posts its end, exactly once.</summary>
    void Read();

    /// <summary>Watches from this version on, instead of from where it did: the earlier watch says nothing more.</summary>
    void Watch(long fromVersion);

    /// <summary>Posts <see cref="ElectionInput.Woken"/> after this time, instead of when it was asked for before; infinite: never.</summary>
    void Wake(TimeSpan dueIn);

    /// <summary>Runs the work for this term, if the term still goes on by then, and tells <see cref="TermKeeper.WorkEnded"/> of its end.</summary>
    void StartWork(HeldTerm term);

    /// <summary>The caller that stopped the election need not wait any longer, though work still runs.</summary>
    void ReturnFromStop();

    /// <summary>The election is over here.</summary>
    void Finish();
}
