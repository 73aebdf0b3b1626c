using LeaseElection.RealServer.Tests.ServerConformance.Cases;

namespace LeaseElection.RealServer.Tests.ServerConformance;

/// <summary>As <see cref="ConformanceTests"/>, and beside them: the cases in which a server takes its time.</summary>
public sealed class SlowConformanceTests(ConformanceServers servers) : IClassFixture<ConformanceServers>
{
    public static TheoryData<string> Cases => [.. AllCases.Slow.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Case_OnBothServers_IsAnsweredAlike(string name) => servers.CompareAsync(AllCases.Named(name));

    [Theory(Explicit = true)]
    [MemberData(nameof(Cases))]
    public Task Case_OnTheRealServerTwice_IsAnsweredAlike(string name) => servers.CompareRealWithItselfAsync(AllCases.Named(name));
}
