using LeaseElection.Benchmarks.Measuring.Servers;

namespace LeaseElection.Examples.Tests.Benchmarks.Servers;

public sealed class ServerCountersTests
{
    [Fact]
    public void ReadRequests_OnlyLeases_SumsAllAnswersOfAVerb()
    {
        var requests = ServerCounters.ReadRequests(
            """
            # HELP apiserver_request_total Counter of apiserver requests.
            apiserver_request_total{code="200",resource="leases",verb="PUT",version="v1"} 20
            apiserver_request_total{code="409",resource="leases",verb="PUT",version="v1"} 3
            apiserver_request_total{code="0",resource="leases",verb="WATCH",version="v1"} 1.5e+01
            apiserver_request_total{code="200",resource="pods",verb="GET",version="v1"} 7
            apiserver_request_duration_seconds_count{resource="leases",verb="GET"} 9

            """);

        Assert.Equal([new("PUT", 23), new("WATCH", 15)], requests);
    }

    [Fact]
    public void Since_NewVerbAndUnusedVerb_IsWhatWasDoneBetween()
    {
        ServerCounters earlier = new(new Dictionary<string, long> { ["PUT"] = 5, ["POST"] = 1 }, TimeSpan.FromSeconds(1));
        ServerCounters later = new(new Dictionary<string, long> { ["PUT"] = 25, ["POST"] = 1, ["GET"] = 2 }, TimeSpan.FromSeconds(3));

        var between = later.Since(earlier);

        Assert.Equal([new("PUT", 20), new("GET", 2)], between.Requests);
        Assert.Equal(TimeSpan.FromSeconds(2), between.Cpu);
    }
}
