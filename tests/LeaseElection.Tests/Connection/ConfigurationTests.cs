using k8s;
using k8s.Exceptions;
using LeaseElection.Connection;
using LeaseElection.Connection.Configuration;
using LeaseElection.Connection.Machine;
using LeaseElection.Tests.Connection.Configuration;

namespace LeaseElection.Tests.Connection;

/// <summary>Where the API server is found.</summary>
public sealed class ConfigurationTests
{
    private readonly FakeMachine _machine = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Find_Given_WinsOverEverything()
    {
        _machine.InPod();
        _machine.Kubeconfig(SampleKubeconfig.Text());

        var access = Find(new() { Host = "https://given.test" });

        Assert.Equal((new Uri("https://given.test/"), AccessKind.Given), (access.Server, access.Kind));
    }

    [Fact]
    public async Task Find_InAPod_UsesTheServiceAccount()
    {
        _machine.InPod();
        _machine.Write(FakeMachine.HomeConfig, SampleKubeconfig.Text());

        var access = Find();

        Assert.Equal((new Uri("https://10.0.0.1:6443/"), AccessKind.Pod), (access.Server, access.Kind));
        Assert.Single(access.Authorities!.Read());
        Assert.Equal("Bearer token", await HeaderAsync(access));
        Assert.Contains("in-cluster", access.Source, StringComparison.Ordinal);
    }

    // Two pods of two clusters with one central kubeconfig elect one leader: the kubeconfig says where.
    [Fact]
    public async Task Find_KubeconfigInAPod_WinsOverTheServiceAccount_AndSaysSo()
    {
        _machine.InPod();
        _machine.Kubeconfig(SampleKubeconfig.Text());

        var access = Find();

        Assert.Equal((new Uri("https://a.test:6443/"), AccessKind.Kubeconfig, true), (access.Server, access.Kind, access.IsDeployed));
        Assert.Equal("Bearer secret", await HeaderAsync(access));
        Assert.Equal("context 'main' of the kubeconfig '/a/config' (KUBECONFIG, which wins over the pod's service account)", access.Source);
    }

    [Fact]
    public void Find_KubeconfigOutsideOfAPod_IsAPersonsWay()
    {
        _machine.Kubeconfig(SampleKubeconfig.Text());

        var access = Find();

        Assert.Equal(("main", false), (access.Context, access.IsDeployed));
        Assert.Equal("context 'main' of the kubeconfig '/a/config' (KUBECONFIG)", access.Source);
    }

    [Theory]
    [InlineData("10.0.0.1", "https://10.0.0.1:6443/")]
    [InlineData("fd00::1", "https://[fd00::1]:6443/")]
    [InlineData("[fd00::1]", "https://[fd00::1]:6443/")]
    public void Find_InAPod_WritesTheHost(string host, string server)
    {
        _machine.InPod(host);

        Assert.Equal(server, Find().Server.ToString());
    }

    [Theory]
    [InlineData("10.0.0.1", "https", "KUBERNETES_SERVICE_PORT is 'https'")]
    [InlineData("10.0.0.1", "99999", "KUBERNETES_SERVICE_PORT is '99999'")]
    [InlineData("a b", "443", "KUBERNETES_SERVICE_HOST is 'a b'")]
    public void Find_OddAddressOfThePodsServer_IsRefused(string host, string port, string says)
    {
        _machine.InPod(host, port);

        Assert.Contains(says, Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----\nbm90\n-----END CERTIFICATE-----")]
    [InlineData("")]
    public void Find_BrokenAuthorityInAPod_IsRefusedWithItsPath(string content)
    {
        _machine.InPod();
        _machine.Write(ServiceAccount.Authority, content);

        Assert.Contains($"The cluster's certificate authority in {ServiceAccount.Authority} cannot be read", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_SeveralKubeconfigs_MergesThemAndPassesOverMissingOnes()
    {
        _machine.Kubeconfig("current-context: main\nusers: [{name: u, user: {token: first}}]");
        _machine.Write("/b/config", SampleKubeconfig.Text("{token: second, as: joe}", "{server: 'https://b.test', certificate-authority: ca.crt}"));
        _machine.Write("/b/ca.crt", TestCertificates.Authority.ExportCertificatePem());
        _machine.Write("/c/config", SampleKubeconfig.Text().Replace("main", "other", StringComparison.Ordinal));
        _machine.Variables["KUBECONFIG"] = string.Join(Path.PathSeparator, "/a/config", "/missing", "/b/config", "", "/c/config", "/b/config");

        var access = Find();

        Assert.Equal((new Uri("https://b.test/"), "team-a", "main"), (access.Server, access.Namespace, access.Context));
        Assert.Equal("Bearer first", await HeaderAsync(access));
        Assert.Empty(access.Impersonation); // the first to name a user says all of it
        Assert.Single(access.Authorities!.Read());
        Assert.Empty(access.Notes);
    }

    [Fact]
    public void Find_NoVariable_UsesTheHomeFolder()
    {
        _machine.Write(FakeMachine.HomeConfig, SampleKubeconfig.Text());

        var access = Find();

        Assert.Equal((new Uri("https://a.test:6443/"), false), (access.Server, access.IsDeployed));
        Assert.Contains(FakeMachine.HomeConfig, access.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Find_VariableThatNamesMissingFilesAlone_CountsAsUnset_WithANote(bool isPod)
    {
        _machine.Variables["KUBECONFIG"] = "/missing/a:/missing/b";
        _machine.Write(FakeMachine.HomeConfig, SampleKubeconfig.Text());
        if (isPod)
            _machine.InPod();

        var access = Find();

        Assert.Equal(isPod ? AccessKind.Pod : AccessKind.Kubeconfig, access.Kind);
        Assert.StartsWith("KUBECONFIG names '/missing/a' and '/missing/b', of which none exists, so that it counts as not set.", Assert.Single(access.Notes));
    }

    // As with kubectl, an empty kubeconfig leaves the pod's account, and KUBECONFIG=/dev/null keeps the home folder's out.
    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("apiVersion: v1\nkind: Config\nclusters: null\ncontexts: null\nusers: null\n")]
    public void Find_EmptyKubeconfig_LeavesThePodAlone(string text)
    {
        _machine.Kubeconfig(text);
        _machine.Write(FakeMachine.HomeConfig, SampleKubeconfig.Text());
        Assert.Contains("KUBECONFIG ('/a/config', which is empty)", Refused(), StringComparison.Ordinal);

        _machine.InPod();
        var access = Find();

        Assert.Equal(AccessKind.Pod, access.Kind);
        Assert.Contains("which is empty", Assert.Single(access.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_Nothing_SaysWhereItLooked()
    {
        _machine.Variables["KUBERNETES_SERVICE_HOST"] = "10.0.0.1";
        var message = Refused();

        Assert.All(
            ["KUBERNETES_SERVICE_PORT is not set", ServiceAccount.Token, "KUBECONFIG (not set)", FakeMachine.HomeConfig, "dependency injection"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.DoesNotContain("KUBERNETES_SERVICE_HOST is not set", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoHomeFolder_LooksInNoOther()
    {
        _machine.Home = "";
        _machine.Write(".kube/config", SampleKubeconfig.Text());

        Assert.Contains("there is no home folder", Refused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "no host")]
    [InlineData("ftp://a.test", "is not an http or https URL")]
    public void Find_GivenThatCannotBeUsed_IsRefused(string? host, string says) =>
        Assert.Contains(says, Assert.Throws<KubeConfigException>(() => Find(new() { Host = host })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(ClusterSource.Given, "https://given.test/")]
    [InlineData(ClusterSource.Kubeconfig, "https://a.test:6443/")]
    [InlineData(ClusterSource.Pod, "https://10.0.0.1:6443/")]
    public void Find_OneSource_LooksAtNoOther(ClusterSource source, string server)
    {
        _machine.InPod();
        _machine.Kubeconfig(SampleKubeconfig.Text());
        Assert.Equal(server, Find(new() { Host = "https://given.test" }, source).Server.ToString());

        var others = new FakeMachine();
        if (source != ClusterSource.Pod)
            others.InPod();
        if (source != ClusterSource.Kubeconfig)
            others.Write(FakeMachine.HomeConfig, SampleKubeconfig.Text());
        var given = source == ClusterSource.Given ? null : new KubernetesClientConfiguration { Host = "https://given.test" };
        var error = Assert.Throws<KubeConfigException>(() => new KubernetesConfigurationLocator(() => given, others).Find(source));
        Assert.Contains($"Source is {source}, so that it looked nowhere else.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_ElectionsOfOneSource_ShareTheAccess()
    {
        _machine.InPod();
        _machine.Kubeconfig(SampleKubeconfig.Text());
        var asked = 0;
        var locator = new KubernetesConfigurationLocator(Given, _machine);

        var (kubeconfig, pod) = (locator.Find(ClusterSource.Kubeconfig), locator.Find(ClusterSource.Pod));
        Assert.Equal(0, asked);
        Assert.Same(kubeconfig, locator.Find(ClusterSource.Auto));
        Assert.Same(kubeconfig, locator.Find(ClusterSource.Auto));
        Assert.Same(pod, locator.Find(ClusterSource.Pod));
        Assert.Equal(1, asked);

        KubernetesClientConfiguration? Given()
        {
            asked++;
            return null;
        }
    }

    [Theory]
    [InlineData(ClusterSource.Kubeconfig)]
    [InlineData(ClusterSource.Pod)]
    public void Create_WithAnotherSource_IsRefused(ClusterSource source)
    {
        var options = new LeaderElectionOptions { LeaseName = "reports", Source = source };

        var error = Assert.Throws<KubeConfigException>(() => LeaderElector.Create(new() { Host = "http://127.0.0.1:1" }, options));
        Assert.Contains($"Source is {source}", error.Message, StringComparison.Ordinal);
    }

    // With the real system of files: a directory, a file behind a file, a link, and what lies beside the kubeconfig.
    [Fact]
    public async Task Find_RealFiles_AreReadBesideTheKubeconfig()
    {
        var folder = Directory.CreateTempSubdirectory("leaseelection-");
        using var gone = new Deleted(folder);
        var kube = folder.CreateSubdirectory("kube").FullName;
        await File.WriteAllTextAsync(Path.Combine(kube, "config"), SampleKubeconfig.Text("{tokenFile: ../token, token: old}", "{server: 'https://a.test', certificate-authority: ca.crt}"), Cancel);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "token"), "fresh\n", Cancel);
        await File.WriteAllTextAsync(Path.Combine(kube, "ca.crt"), TestCertificates.Authority.ExportCertificatePem(), Cancel);

        var access = Real(Path.Combine(kube, "config")).Find(ClusterSource.Auto);

        Assert.Equal("Bearer fresh", await HeaderAsync(access));
        Assert.Single(access.Authorities!.Read());
        Assert.Contains("is a directory", Assert.Throws<KubeConfigException>(() => Real(kube).Find(ClusterSource.Auto)).Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(kube, "ca.crt"));
        Assert.Contains("ca.crt", Assert.Throws<KubeConfigException>(() => Real(Path.Combine(kube, "config")).Find(ClusterSource.Auto)).Message, StringComparison.Ordinal);

        KubernetesConfigurationLocator Real(string path) => new(() => null, new RealFiles(path));
    }

    private ServerAccess Find(KubernetesClientConfiguration? given = null, ClusterSource source = ClusterSource.Auto) =>
        new KubernetesConfigurationLocator(() => given, _machine).Find(source);

    private string Refused() => Assert.Throws<KubeConfigException>(() => Find()).Message;

    private static async Task<string?> HeaderAsync(ServerAccess access)
    {
        using var credentials = access.OpenCredentials(TimeProvider.System);
        return (await credentials.GetAsync(Cancel)).Authorization;
    }

    private sealed class Deleted(DirectoryInfo folder) : IDisposable
    {
        public void Dispose() => folder.Delete(recursive: true);
    }

    private sealed class RealFiles(string kubeconfig) : ISystemEnvironment
    {
        public string Home => "/nonexistent";

        public string? Variable(string name) => name == "KUBECONFIG" ? kubeconfig : null;

        public bool HasFile(string path) => SystemEnvironment.This.HasFile(path);

        public bool HasFolder(string path) => SystemEnvironment.This.HasFolder(path);

        public byte[] ReadFile(string path) => SystemEnvironment.This.ReadFile(path);
    }
}
