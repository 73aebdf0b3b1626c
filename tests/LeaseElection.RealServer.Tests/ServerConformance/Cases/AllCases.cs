using LeaseElection.RealServer.Tests.ServerConformance.Playback;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>All cases, by the length of their waits.</summary>
internal static class AllCases
{
    public static IReadOnlyList<ConformanceCase> List { get; } =
    [
        .. ReadCases.All, .. ListCases.All, .. CreateCases.All, .. SpecCases.All, .. BodyCases.All, .. UpdateCases.All,
        .. PatchCases.All, .. DeleteCases.All, .. WatchCases.All, .. RaceCases.All, .. PathCases.All, .. AccessCases.All,
    ];

    public static IEnumerable<ConformanceCase> Quick => List.Where(c => !c.IsSlow);

    public static IEnumerable<ConformanceCase> Slow => List.Where(c => c.IsSlow);

    public static ConformanceCase Named(string name) => List.Append(ForgottenCases.All).Single(c => c.Name == name);
}
