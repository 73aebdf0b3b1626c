using LeaseElection.Election.Inputs;
using LeaseElection.Election.Outputs;
using LeaseElection.Election.Time;

namespace LeaseElection.Tests.Election;

/// <summary>Looks over a candidate's shoulder: knows what it was told and what it did, and nothing of how it decides.</summary>
internal interface ICandidateMonitor
{
    void Took(Candidate candidate, ElectionInput input, in Moment now);

    void Performing(Candidate candidate, in Effect effect);

    void Stepped(Candidate candidate, in Moment now);
}
