using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>Open connections fall silent and nobody is told; new ones work.</summary>
public abstract class SilentConnectionScenarios(ElectionServer server) : ElectionScenarios(server)
{
    [Fact, Scenario(34)]
    public async Task Connection_FallsSilent_TheTermSurvivesAndTheWatchMovesOn()
    {
        await using var path = Server.OpenPath();
        var a = Add(path.Lead(User.Configuration()), Namespace).Start();
        var term = await a.UntilLeadingAsync();
        await a.Tap.UntilWrittenMoreAsync(1);
        var watches = a.Tap.Count("WATCH");
        Assert.True(path.Silence() > 0);
        await a.Tap.UntilSentAsync("WATCH", watches + 1);
        await a.Tap.UntilWrittenMoreAsync(5);

        Assert.True(term.IsActive, $"the term ended: {term.EndReason}");
        Assert.Single(a.Terms);
    }

    [Fact, Scenario(34)]
    public async Task Connection_OfAStandbyFallsSilent_ItHearsOfTheReleaseAllTheSame()
    {
        await using var path = Server.OpenPath();
        var a = Add().Start();
        await a.UntilLeadingAsync();
        var b = Add(path.Lead(User.Configuration()), Namespace).Start();
        await b.UntilSeesAsync(a.Identity);
        await b.Tap.UntilSentAsync("WATCH", 1);
        Assert.True(path.Silence() > 0);
        await a.StopAsync();
        var released = Now();
        await b.UntilLeadingAsync();

        // A third of the lease until it looks, a request's timeout until it tries another connection: far below the lease's 5 s.
        Assert.True(Since(released) < Seconds(5), $"led after {Since(released)}");
    }
}
