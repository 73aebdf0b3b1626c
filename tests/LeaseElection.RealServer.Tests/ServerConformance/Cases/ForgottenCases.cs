using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Versions that the server has forgotten. Not among the others: the real server restarts in them.</summary>
internal static class ForgottenCases
{
    private const string FromFirst = "resourceVersion={1.resourceVersion}";

    public static ConformanceCase All { get; } = new(
        "Forgotten_Versions",
        Create("a", Holder("x")),
        Create("b"),
        Read("?limit=1"),
        Patch("a", """{"spec":{"holderIdentity":"y"}}"""),
        Create("c"),
        new ForgetHistory(),
        Read("a"),
        Read("a?" + FromFirst),
        Read("?" + FromFirst),
        Read("?limit=1&continue={3.continue}"),
        Read("?limit=1&" + FromFirst),
        Read("?resourceVersionMatch=Exact&" + FromFirst),
        WatchToTheEnd("timeoutSeconds=2&" + FromFirst),
        WatchToTheEnd("timeoutSeconds=2&allowWatchBookmarks=true&fieldSelector=metadata.name%3Da&" + FromFirst),
        Read(""),
        WatchUntil(1, "resourceVersion={15.resourceVersion}"),
        Read("?limit=1&continue={10.continue}"),
        Delete("c"));
}
