namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>The contract on the fake, with terms that expire.</summary>
public sealed class FakeWithClockContractTests : LeaderElectionContract
{
    private protected override ElectionStage Open() => new FakeElectionStage(new());
}
