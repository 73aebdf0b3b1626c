namespace LeaseElection.Testing.Tests.Fakes;

/// <summary>The fake, moved by its own methods; with a clock, or with terms that last until revoked.</summary>
internal sealed class FakeElectionStage(ManualTimeProvider? time) : ElectionStage
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(10);

    private readonly FakeLeaderElection _election = new();

    public override ILeaderElection Election => _election;

    public override Task<LeadershipTerm> LeadAsync()
    {
        _election.Revoke();
        return Task.FromResult(time is null ? _election.Grant() : _election.Grant(Validity, time));
    }

    public override Task HandToAsync(string leader)
    {
        _election.HandTo(leader);
        return Task.CompletedTask;
    }

    public override Task ExpireAsync()
    {
        if (time is null)
            _election.Revoke();
        else
            time.Advance(Validity);
        return Task.CompletedTask;
    }

    public override ValueTask EndAsync() => DisposeAsync();

    public override ValueTask DisposeAsync()
    {
        _election.Dispose();
        return ValueTask.CompletedTask;
    }
}
