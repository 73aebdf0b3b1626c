using System.Text.Json.Nodes;
using LeaseElection.TestKit.Scenarios.Servers;

namespace LeaseElection.TestKit.Scenarios.Elections;

/// <summary>Records that we would never write: other electors do, and people.</summary>
public abstract class OddRecordScenarios(ElectionServer server) : ElectionScenarios(server)
{
    private const string Time = "2026-03-01T12:00:00.000001Z";
    private static readonly TimeSpan Slack = Seconds(2);

    [Theory, Scenario(46)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData(int.MaxValue - 1, int.MaxValue)]
    [InlineData(null, 1)]
    public async Task Transitions_AtTheirLimits_AreCountedAsFarAsTheyGo(int? before, int after)
    {
        await CreateAsync(new() { ["holderIdentity"] = "", ["leaseDurationSeconds"] = 1, ["leaseTransitions"] = before });
        await Add().Start().UntilLeadingAsync();

        Assert.Equal(after, (await Other.GetAsync(Cancel)).Spec.LeaseTransitions);
    }

    [Fact, Scenario(46)]
    public async Task Duration_ThirtyYears_IsWaitedForAndEndsWithARelease()
    {
        await CreateAsync(Held(durationSeconds: 1_000_000_000));
        var a = Add(leaseSeconds: 1).Start();
        await a.UntilSeesAsync("b");
        await PassAsync(Seconds(2));
        Assert.Empty(a.Terms);
        Assert.Equal(0, a.Tap.Count("PUT", "POST"));

        await Other.EditAsync(lease => (lease.Spec.HolderIdentity, lease.Spec.LeaseDurationSeconds) = ("", 1), Cancel);
        await a.UntilLeadingAsync();
    }

    [Fact, Scenario(46)]
    public async Task Holder_OfTenKilobytes_IsSeenAndTakenOver()
    {
        var holder = new string('b', 10_000);
        var spec = Held(durationSeconds: 1);
        spec["holderIdentity"] = holder;
        await CreateAsync(spec);
        var a = Add().Start();
        await a.UntilSeesAsync(holder);
        await a.UntilLeadingAsync();

        Assert.Equal(a.Identity, (await Other.GetAsync(Cancel)).Spec.HolderIdentity);
    }

    [Theory, Scenario(46)]
    [InlineData(null)]
    [InlineData("0001-01-01T00:00:00.000000Z")]
    [InlineData("9999-12-31T23:59:59.999999Z")]
    public async Task Timestamps_Whatever_DoNotMatter(string? time)
    {
        var spec = Held(durationSeconds: 1);
        (spec["acquireTime"], spec["renewTime"]) = (time, time);
        await CreateAsync(spec);
        var started = Now();
        var a = Add().Start();
        var term = await a.UntilLeadingAsync();
        Assert.InRange(Since(started), Seconds(1), Seconds(1) + Slack);

        // And it renews over them.
        await a.Tap.UntilWrittenMoreAsync(2);
        Assert.True(term.IsActive);
    }

    [Theory, Scenario(46)]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Duration_ZeroOrNegative_NobodyCanWriteIt(int seconds)
    {
        // What the machine does with one all the same is tested there.
        var refused = await Assert.ThrowsAsync<k8s.Autorest.HttpOperationException>(() => CreateAsync(Held(seconds)));

        Assert.Equal(System.Net.HttpStatusCode.UnprocessableEntity, refused.Response.StatusCode);
    }

    // A release as KubernetesClient's elector and as old clients write it: a spec of nulls, an empty one, none.
    [Theory, Scenario(62, 2)]
    [InlineData("""{"holderIdentity":null,"leaseDurationSeconds":null,"acquireTime":null,"renewTime":null,"leaseTransitions":null}""", 1)]
    [InlineData("""{"holderIdentity":null,"leaseDurationSeconds":null,"acquireTime":null,"renewTime":null,"leaseTransitions":4}""", 5)]
    [InlineData("""{"holderIdentity":"","leaseDurationSeconds":1,"renewTime":"2026-03-01T12:00:00.000001Z","leaseTransitions":4}""", 5)]
    [InlineData("{}", 1)]
    [InlineData(null, 1)]
    public async Task Released_AsOthersDo_IsTakenAtOnce(string? spec, int transitions)
    {
        await CreateAsync(spec is null ? null : JsonNode.Parse(spec)!.AsObject());
        // Had we to wait, it would be for ten minutes.
        var a = Add(leaseSeconds: 600).Start();
        await a.UntilLeadingAsync();

        Assert.Equal(transitions, (await Other.GetAsync(Cancel)).Spec.LeaseTransitions);
    }

    [Theory, Scenario(62)]
    [InlineData("leaseTransitions", 1)]
    [InlineData("acquireTime", 1)]
    [InlineData("leaseDurationSeconds", 3)]
    public async Task Held_FieldMissing_IsWaitedForAndTakenOver(string missing, int waits)
    {
        // Without a duration ours counts: 3 s.
        var spec = Held(durationSeconds: 1);
        spec.Remove(missing);
        await CreateAsync(spec);
        var started = Now();
        var a = Add(leaseSeconds: 3).Start();
        await a.UntilLeadingAsync();

        Assert.InRange(Since(started), Seconds(waits), Seconds(waits) + Slack);
        Assert.Equal(missing == "leaseTransitions" ? 1 : 8, (await Other.GetAsync(Cancel)).Spec.LeaseTransitions);
    }

    [Fact, Scenario(62)]
    public async Task Held_ForAShortTimeAndRenewed_IsNotTakenOver()
    {
        await CreateAsync(Held(durationSeconds: 2));
        var a = Add().Start();
        await a.UntilSeesAsync("b");
        for (var i = 0; i < 30; i++)
        {
            await Other.EditAsync(lease => lease.Spec.RenewTime = lease.Spec.RenewTime!.Value.AddMicroseconds(1), Cancel);
            await PassAsync(Seconds(0.15));
        }

        Assert.Equal("b", (await Other.GetAsync(Cancel)).Spec.HolderIdentity);
        Assert.Empty(a.Terms);
    }

    private static JsonObject Held(int durationSeconds) => new()
    {
        ["holderIdentity"] = "b",
        ["leaseDurationSeconds"] = durationSeconds,
        ["acquireTime"] = Time,
        ["renewTime"] = Time,
        ["leaseTransitions"] = 7,
    };

    private Task CreateAsync(JsonObject? spec) => Other.CreateRawAsync(Other.Raw(spec), Cancel);
}
