using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Requests at the same time: one wins.</summary>
internal static class RaceCases
{
    private const string Version = ""","resourceVersion":"{1.resourceVersion}" """;

    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("Race_Updates_OneWins", Create("a", Holder("x")), Eight(i => Put("a", Lease("a", Holder($"racer-{i}"), Version)))),
        new("Race_Creates_OneWins", Eight(i => Create("a", Holder($"racer-{i}")))),
        new("Race_CreatesByUpdate_OneWins", Eight(i => Put("a", Lease("a", Holder($"racer-{i}"))))),
        new("Race_Deletes_OneWins", Create("a", Holder("x")), Eight(_ => Delete("a"))),
        new("Race_Patches_AllWin",
            Create("a", Holder("x")),
            Eight(i => Patch("a", $$$$"""{"metadata":{"labels":{"l{{{{i}}}}":"1"}}}""")),
            Read("a")),
        new("Race_PatchesOfOneVersion_OneWins",
            Create("a", Holder("x")),
            Eight(i => Patch("a",
                $$$$"""{"metadata":{"resourceVersion":"{1.resourceVersion}"},"spec":{"holderIdentity":"racer-{{{{i}}}}"}}"""))),
        new("Race_TwoUpdatesOfOneVersion_OneWins",
            Create("a", Holder("x")),
            new Race(
                Put("a", Lease("a", Holder("racer-1"), ""","uid":"{1.uid}","resourceVersion":"{1.resourceVersion}" """)),
                Put("a", Lease("a", Holder("racer-2"), ""","uid":"{1.uid}","resourceVersion":"{1.resourceVersion}" """)))),
    ];

    private static Race Eight(Func<int, Send> racer) => new([.. Enumerable.Range(1, 8).Select(racer)]);
}
