using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>The server refuses until somebody changes something: that is said once, with what to change, and tried again slowly.</summary>
public abstract class RefusalScenarios(ElectionServer server) : ElectionScenarios(server)
{
    private const string Rule = """verbs: ["get", "watch", "create", "update"]""";

    [Theory, Scenario(39)]
    [InlineData("get", "GET")]
    [InlineData("create", "POST")]
    public async Task Forbidden_BeforeLeading_SaysTheMissingRuleOnceAndLeadsWhenItIsGranted(string verb, string kind)
    {
        var user = await Server.AddUserAsync(Namespace, [.. Role.Except([verb])]);
        var a = AddAs(user, Short).Start();
        await AssertRefusedSlowlyAsync(a, kind, 403);
        AssertOneError(a, $"'{verb}'", "403", "leases", $"namespace: {Namespace}", Rule);
        Assert.Empty(a.Terms);

        await user.GrantAsync([.. Role]);
        await a.UntilLeadingAsync();
        Assert.Single(a.Log.Lines, line => line.Message.Contains($"accepts '{verb}'", StringComparison.Ordinal));
        Assert.Single(a.Log.Errors);
    }

    [Fact, Scenario(39)]
    public async Task Forbidden_ToRenew_IsTriedAtTheNormalPaceWhileTheTermCanBeSaved()
    {
        var user = await Server.AddUserAsync(Namespace, [.. Role.Except(["update"])]);
        var a = AddAs(user).Start();
        var term = await a.UntilLeadingAsync();
        await a.Tap.UntilAnsweredAsync("PUT", 403, 2);
        AssertOneError(a, "'update'", "403", Rule);

        await user.GrantAsync([.. Role]);
        await a.Tap.UntilWrittenMoreAsync(3);
        Assert.True(term.IsActive, $"the term ended: {term.EndReason}");
        Assert.Single(a.Log.Errors);
    }

    [Fact, Scenario(39)]
    public async Task Forbidden_ToWatch_PollsUntilItIsGranted()
    {
        var user = await Server.AddUserAsync(Namespace, [.. Role.Except(["watch"])]);
        var a = AddAs(user, Short).Start();
        await a.UntilLeadingAsync();
        var b = AddAs(user, Short).Start();
        await b.UntilSeesAsync(a.Identity);
        await b.Log.UntilAsync(line => line.Message.Contains("polling every", StringComparison.Ordinal));
        AssertOneError(b, "'watch'", "403", Rule);
        await a.StopAsync();
        await b.UntilLeadingAsync();

        await user.GrantAsync([.. Role]);
        await b.Log.UntilAsync(line => line.Message.Contains("The watch on Lease", StringComparison.Ordinal) && line.Message.Contains(
            "works again", StringComparison.Ordinal));
        Assert.Single(b.Log.Errors);
    }

    [Fact, Scenario(39)]
    public async Task Unauthorized_SaysSoOnceAndLeadsWhenTheTokenIsKnown()
    {
        var user = await Server.AddUserAsync(Namespace, [.. Role]);
        user.Accept(false);
        var a = AddAs(user, Short).Start();
        await AssertRefusedSlowlyAsync(a, "GET", 401);
        AssertOneError(a, "'get'", "401", "credentials");

        user.Accept(true);
        await a.UntilLeadingAsync();
        Assert.Single(a.Log.Errors);
    }

    [Fact, Scenario(39)]
    public async Task NamespaceMissing_SaysSoOnceAndLeadsWhenItIsThere()
    {
        var missing = $"{Namespace}-missing";
        var a = Add(Server.AdministratorConfiguration(), missing, Short).Start();
        await AssertRefusedSlowlyAsync(a, "POST", 404);
        AssertOneError(a, "'create'", "404", $"There is no namespace '{missing}'");

        await Server.CreateNamespaceAsync(missing);
        await a.UntilLeadingAsync();
        Assert.Single(a.Log.Errors);
    }

    [Fact, Scenario(39)]
    public async Task Invalid_SaysWhichFieldOnceAndLeadsOnALeaseThatSomeoneElseMade()
    {
        // A key that is no label key, though it has only characters of one.
        var a = Add(o => (o.LeaseDuration, o.Labels["a..b/c"]) = (Seconds(2), "")).Start();
        await AssertRefusedSlowlyAsync(a, "POST", 422);
        AssertOneError(a, "'create'", "422", "metadata.labels", "repair the Lease");

        await Other.CreateAsync(spec: null, Cancel);
        await a.UntilLeadingAsync();
        Assert.Single(a.Log.Errors);
    }

    // Slow is 5 x RetryPeriod, 1.3 s here, give or take a fifth.
    private static void Short(LeaderElectionOptions options) => options.LeaseDuration = Seconds(2);

    private static async Task AssertRefusedSlowlyAsync(Replica replica, string kind, int status)
    {
        await replica.Tap.UntilAnsweredAsync(kind, status, 3);
        var refused = replica.Tap.Requests.Where(request => request.Kind == kind && request.Status == status).ToList();
        // One whose predecessor had no answer yet is no second try after a refusal: on a slow machine the first requests take longer than
        // RequestTimeout.
        var tries = refused.Zip(refused.Skip(1)).Where(static pair => pair.First.AnsweredAt < pair.Second.SentAt).ToList();
        Assert.NotEmpty(tries);
        Assert.All(tries, pair => Assert.True(
            TimeProvider.System.GetElapsedTime(pair.First.SentAt, pair.Second.SentAt) > Seconds(1),
            "tried again after less than a second"));
    }

    private static void AssertOneError(Replica replica, params string[] said)
    {
        var error = Assert.Single(replica.Log.Errors);
        Assert.All(said, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
    }
}
