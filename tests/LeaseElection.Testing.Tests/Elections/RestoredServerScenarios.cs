namespace LeaseElection.Testing.Tests.Elections;

/// <summary>etcd is restored from a backup: versions go backwards.</summary>
public sealed class RestoredServerScenarios : EmbeddedScenarios
{
    private const int StoreRestored = 10;

    [Theory, Scenario(50)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Restore_WithTheLeaseOrWithoutIt_IsWarnedOfAndTheElectionGoesOn(bool withTheLease)
    {
        var empty = Api.TakeSnapshot();
        var (a, b, term) = await LeaderAndStandbyAsync(o => o.LeaseDuration = Seconds(3));
        var backup = withTheLease ? Api.TakeSnapshot() : empty;
        await a.Tap.UntilWrittenMoreAsync(4);
        Monitor.Restored();
        Api.Restore(backup);

        var reason = await a.UntilEndedAsync();
        Assert.True(reason is TermEndReason.LeaseEdited or TermEndReason.LeaseDeleted, $"{reason}");
        var (leader, next) = await FirstToLeadAsync(a, b);
        Assert.NotSame(term, next);
        await leader.Tap.UntilWrittenMoreAsync(3);
        Assert.True(next.IsActive);
        Assert.NotEmpty(a.Log.With(StoreRestored));

        // And it can still be handed over.
        var other = leader == a ? b : a;
        await other.UntilSeesAsync(leader.Identity);
        await leader.StopAsync();
        await other.UntilLeadingAsync();
    }
}
