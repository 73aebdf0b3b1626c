namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>The contract on the real elector, on a Lease in memory.</summary>
public sealed class ElectorContractTests : LeaderElectionContract
{
    private protected override ElectionStage Open() => new ElectorStage();
}
