using LeaseElection.RealServer.Tests.ServerConformance.Cases;

namespace LeaseElection.RealServer.Tests.ServerConformance;

/// <summary>As <see cref="ConformanceTests"/>, where the servers have forgotten the past.</summary>
[Collection(nameof(DisturbsServers))]
public sealed class ForgottenVersionsTests(SharedControlPlane shared, ConformanceServers servers) : IClassFixture<ConformanceServers>
{
    [Fact]
    public async Task ForgottenVersions_OnBothServers_AreAnsweredAlike()
    {
        await shared.GetOwnAsync();

        await servers.CompareAsync(ForgottenCases.All);
    }
}
