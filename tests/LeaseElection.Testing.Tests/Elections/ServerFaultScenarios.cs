using LeaseElection.TestKit.Scenarios.Elections;

namespace LeaseElection.Testing.Tests.Elections;

/// <summary>
/// A server that answers badly, or not at all: requests are tried again, nobody believes what is not so, and no exception escapes.
/// </summary>
public sealed class ServerFaultScenarios : EmbeddedScenarios
{
    private const int BrokeDown = 21;

    private static readonly Dictionary<string, Fault> Known = new()
    {
        ["429"] = Fault.Status(429, retryAfter: Seconds(1)),
        ["429 for a long time"] = Fault.Status(429, retryAfter: Seconds(600)),
        ["500"] = Fault.Status(500),
        ["503"] = Fault.Status(503),
        ["reset"] = Fault.Reset(),
        ["lost reply"] = Fault.LoseReply(),
        ["black hole"] = Fault.BlackHole(),
        ["black hole after the commit"] = Fault.BlackHoleAfter(),
        ["garbage"] = Fault.Garbage(),
        ["truncated"] = Fault.Truncate(),
        ["3 MB"] = Fault.Oversize(3_000_000),
    };

    public static TheoryData<string> Faults { get; } = [.. Known.Keys];

    [Theory, Scenario(40), MemberData(nameof(Faults))]
    public async Task Campaign_FirstAnswersAreBad_LeadsAllTheSame(string fault)
    {
        using var handle = Api.Faults.Add(Known[fault], IsOfReplicas, times: 4);
        var a = Add(leaseSeconds: 3).Start();
        var term = await a.UntilLeadingAsync();
        Assert.Equal(4, handle.Hits);

        await a.Tap.UntilWrittenMoreAsync(2);
        Assert.True(term.IsActive);
        await AssertEndsWellAsync(a);
    }

    [Theory, Scenario(40), MemberData(nameof(Faults))]
    public async Task Renewal_OneAnswerIsBad_TheTermGoesOn(string fault)
    {
        var a = Add().Start();
        var term = await a.UntilLeadingAsync();
        using var handle = Api.Faults.Add(Known[fault], IsWriteOfReplicas, times: 1);
        await handle.UntilHitAsync(cancellationToken: Cancel);
        await a.Tap.UntilWrittenMoreAsync(2);

        Assert.True(term.IsActive, $"the term ended: {term.EndReason}");
        Assert.Single(a.Terms);
        await AssertEndsWellAsync(a);
    }

    [Theory, Scenario(40), MemberData(nameof(Faults))]
    public async Task Answers_AllBad_TheTermEndsOnTimeAndSomeoneLeadsAfterwards(string fault)
    {
        var (a, b, term) = await LeaderAndStandbyAsync(o => o.LeaseDuration = Seconds(3));
        // A watch would tell of the writes whose answers are bad.
        using (Api.Faults.Add(Fault.Reset(), r => IsOfReplicas(r) && IsWatch(r)))
        using (Api.Faults.Add(Known[fault], r => IsOfReplicas(r) && !IsWatch(r)))
        {
            Api.ResetConnections();
            Assert.Equal(TermEndReason.DeadlinePassed, await a.UntilEndedAsync());
        }

        var (_, next) = await FirstToLeadAsync(a, b);
        Assert.True(next.FencingToken > term.FencingToken);
        await AssertEndsWellAsync(a, b);
    }

    [Theory, Scenario(40)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Answers_BadAtRandom_NeverTwoLeadersAndOneAfterwards(int seed)
    {
        Fault[] watches =
        [
            Fault.EndWatch(), Fault.ExpireWatch(), Fault.StallWatch(), Fault.WatchError(500, "InternalError", "injected"),
            Fault.DuplicateEvents(), Fault.ReorderEvents(), Fault.GarbageEvents(),
        ];
        Fault[] requests = [.. Known.Values, Fault.DelayBefore(Seconds(0.1)), Fault.DelayAfter(Seconds(0.3)), Fault.Status(409), Fault.Status(403), Fault.Status(404)];
        var handles = new[]
        {
            Api.Faults.AddSeeded(seed, 0.3, requests, IsOfReplicas),
            Api.Faults.AddSeeded(seed, 0.2, watches, IsOfReplicas),
        };
        Replica[] replicas = [Add(leaseSeconds: 2).Start(), Add(leaseSeconds: 2).Start(), Add(leaseSeconds: 2).Start()];
        await PassAsync(Seconds(5));
        foreach (var handle in handles)
            await handle.UntilHitAsync(3, Cancel);
        foreach (var handle in handles)
            handle.Dispose();

        await FirstToLeadAsync(replicas);
        await AssertEndsWellAsync(replicas);
    }

    // Every run returns, and without an exception; what an elector did not see coming it logs as its end.
    private static async Task AssertEndsWellAsync(params Replica[] replicas)
    {
        foreach (var replica in replicas)
        {
            await replica.StopAsync();
            Assert.Empty(replica.Log.With(BrokeDown));
        }
    }
}
