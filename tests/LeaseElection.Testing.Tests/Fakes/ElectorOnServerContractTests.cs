namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>The contract on the real elector, on a LeaseApiServer.</summary>
public sealed class ElectorOnServerContractTests : LeaderElectionContract
{
    private protected override Task<ElectionStage> OpenAsync() => ServerStage.OpenAsync();
}
