namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>The contract on the fake, with terms that expire.</summary>
public sealed class FakeWithClockContractTests : LeaderElectionContract
{
    private protected override Task<ElectionStage> OpenAsync() => Task.FromResult<ElectionStage>(new FakeElectionStage(new()));
}
