using LeaseElection.RealServer.Tests.ServerConformance.Cases;

namespace LeaseElection.RealServer.Tests.ServerConformance;

/// <summary>
/// Each case on the real and on the embedded server, side by side. Where a 1.20 differs in a step that <c>VersionDifferences</c> does not
/// list, the embedded one is wrong.
/// </summary>
public sealed class ConformanceTests(ConformanceServers servers) : IClassFixture<ConformanceServers>
{
    public static TheoryData<string> Cases => [.. AllCases.Quick.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_OnBothServers_IsAnsweredAlike(string name) => servers.CompareAsync(AllCases.Named(name));

    [Theory(Explicit = true)]
    [MemberData(nameof(Cases))]
    public Task Case_OnTheRealServerTwice_IsAnsweredAlike(string name) => servers.CompareRealWithItselfAsync(AllCases.Named(name));
}
