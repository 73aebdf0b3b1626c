namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>The contract on the fake, with terms that last until they are revoked.</summary>
public sealed class FakeContractTests : LeaderElectionContract
{
    private protected override Task<ElectionStage> OpenAsync() => Task.FromResult<ElectionStage>(new FakeElectionStage(time: null));
}
