namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>The contract on the real elector, on a Lease in memory.</summary>
public sealed class ElectorContractTests : LeaderElectionContract
{
    private protected override Task<ElectionStage> OpenAsync() => Task.FromResult<ElectionStage>(new ElectorStage());
}
