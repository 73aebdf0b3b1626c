using LeaseElection.RealServer.Tests.Conformance.Playback;

namespace LeaseElection.RealServer.Tests.Conformance.Cases;

internal static class AllCases
{
    public static IReadOnlyList<ConformanceCase> List { get; } =
    [
        .. ReadCases.All, .. ListCases.All, .. CreateCases.All, .. SpecCases.All, .. BodyCases.All, .. UpdateCases.All, .. PatchCases.All, .. DeleteCases.All, .. WatchCases.All, .. RaceCases.All, .. PathCases.All,
        .. AccessCases.All,
    ];
}
