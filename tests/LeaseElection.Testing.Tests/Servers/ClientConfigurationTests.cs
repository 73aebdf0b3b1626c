using k8s;

namespace LeaseElection.Testing.Tests.Servers;

public sealed class ClientConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task CreateConfiguration_Always_IsWhatTheKubeconfigSays(bool useTls, bool asUser)
    {
        await using var server = await LeaseApiServer.StartAsync(new() { UseTls = useTls }, Cancellation);
        var user = asUser ? server.AddUser("someone", "get") : null;
        var path = Path.Combine(_folder.FullName, "kubeconfig");
        await server.WriteKubeconfigAsync(path, user, "work", Cancellation);
        var expected = KubernetesClientConfiguration.BuildConfigFromConfigFile(new FileInfo(path));

        var created = server.CreateConfiguration(user, "work");

        Assert.Equal(
            (expected.Host, expected.AccessToken, expected.Namespace, expected.SkipTlsVerify),
            (created.Host, created.AccessToken, created.Namespace, created.SkipTlsVerify));
        Assert.Equal(expected.SslCaCerts, created.SslCaCerts);
    }
}
