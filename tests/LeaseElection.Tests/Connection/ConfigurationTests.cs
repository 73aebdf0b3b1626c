using System.Text;
using k8s;
using k8s.Authentication;
using k8s.Exceptions;
using LeaseElection.Connection.Configuration;

namespace LeaseElection.Tests.Connection;

public sealed class ConfigurationTests
{
    private readonly FakeMachine _machine = new();

    [Fact]
    public void Locate_Given_WinsOverEverything()
    {
        InCluster();
        var given = new KubernetesClientConfiguration { Host = "https://given.test" };

        Assert.Equal(new Uri("https://given.test/"), KubernetesConfigurationLocator.Locate(given, _machine).Server);
    }

    [Fact]
    public void Locate_InAPod_UsesTheServiceAccount()
    {
        InCluster();
        _machine.Variables["KUBECONFIG"] = "/nowhere";

        var access = KubernetesConfigurationLocator.Locate(null, _machine);

        Assert.Equal(("https://10.0.0.1:6443/", "jobs"), (configuration.Host, configuration.Namespace));
        Assert.IsType<TokenFileAuth>(configuration.TokenProvider);
        Assert.Single(configuration.SslCaCerts);
        Assert.Contains("in-cluster", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_InAPodWithAnIpv6Server_WritesABracketedHost()
    {
        InCluster();
        _machine.Variables["KUBERNETES_SERVICE_HOST"] = "fd00::1";

        Assert.Equal("https://[fd00::1]:6443/", KubernetesConfigurationLocator.Locate(null, _machine).Server.ToString());
    }

    [Theory]
    [InlineData("KUBERNETES_SERVICE_PORT", "https", "KUBERNETES_SERVICE_PORT")]
    [InlineData("KUBERNETES_SERVICE_PORT", "99999", "99999")]
    public void Locate_OddPort_IsRefusedClearly(string variable, string value, string named)
    {
        InCluster();
        _machine.Variables[variable] = value;

        Assert.Contains(named, Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_BrokenAuthority_IsRefusedWithItsPath()
    {
        InCluster();
        _machine.Files[ServiceAccount.Authority] = "-----BEGIN CERTIFICATE-----\nbm90\n-----END CERTIFICATE-----";

        Assert.Contains(ServiceAccount.Authority, Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_Kubeconfig_UsesItsContext()
    {
        Kubeconfig("/a/config", Config("https://a.test", "team-a"));

        var access = KubernetesConfigurationLocator.Locate(null, _machine);

        Assert.Equal(("https://a.test", "team-a", "secret"), (configuration.Host, configuration.Namespace, configuration.AccessToken));
        Assert.Contains("/a/config", source, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_SeveralKubeconfigs_MergesThemAndPassesOverMissingOnes()
    {
        Kubeconfig("/a/config", "apiVersion: v1\nkind: Config\ncurrent-context: main\nusers: [{name: me, user: {token: first}}]");
        _machine.Files["/b/config"] = Config("https://b.test", "team-b");
        _machine.Variables["KUBECONFIG"] = $"/a/config{Path.PathSeparator}/missing{Path.PathSeparator}\"/b/config\"{Path.PathSeparator}";

        var access = KubernetesConfigurationLocator.Locate(null, _machine);

        Assert.Equal(("https://b.test", "team-b", "first"), (configuration.Host, configuration.Namespace, configuration.AccessToken));
    }

    [Fact]
    public void Locate_NoVariable_UsesTheHomeFolder()
    {
        _machine.Files["/home/me/.kube/config"] = Config("https://home.test", "x");

        Assert.Equal("https://home.test", KubernetesConfigurationLocator.Locate(null, _machine).Server.ToString());
    }

    [Fact]
    public void Locate_RelativePathInAKubeconfig_IsRelativeToItsFolder()
    {
        Kubeconfig("/a/config", Config("https://a.test", "x").Replace(
            "token: secret", "client-certificate: me.crt, client-key: /k/me.key", StringComparison.Ordinal));

        var access = KubernetesConfigurationLocator.Locate(null, _machine);

        Assert.Equal(
            (Path.Combine("/a", "me.crt"), "/k/me.key"), (configuration.ClientCertificateFilePath, configuration.ClientKeyFilePath));
    }

    [Theory]
    [InlineData("not: [a, kubeconfig")]
    [InlineData("")]
    [InlineData("apiVersion: v1\nkind: Config\ncurrent-context: nobody")]
    [InlineData("apiVersion: v1\nkind: Config\ncurrent-context: main\ncontexts: [{name: main, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: ''}}]")]
    public void Locate_UnusableKubeconfig_IsRefusedWithItsPath(string text)
    {
        Kubeconfig("/a/config", text);

        Assert.Contains("/a/config", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_KubeconfigThatDoesNotExist_IsRefusedWithItsPath()
    {
        _machine.Variables["KUBECONFIG"] = "/missing/config";

        Assert.Contains("/missing/config", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_Nothing_SaysWhereItLooked()
    {
        _machine.Variables["KUBERNETES_SERVICE_HOST"] = "10.0.0.1";
        var message = Refused();

        Assert.All(
            ["KUBERNETES_SERVICE_PORT is not set", ServiceAccount.Token, "KUBECONFIG (not set)", "/home/me/.kube/config", "dependency injection"],
            part => Assert.Contains(part, message, StringComparison.Ordinal));
        Assert.DoesNotContain("KUBERNETES_SERVICE_HOST is not set", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Locate_GivenWithoutAHost_IsRefusedClearly() =>
        Assert.Contains(
            "no host", Assert.Throws<KubeConfigException>(() => KubernetesConfigurationLocator.Locate(new(), _machine)).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("option", "pod", "account", "context", "option")]
    [InlineData(" ", "pod", "account", "context", "pod")]
    [InlineData(null, "", " account\n", "context", "account")]
    [InlineData(null, null, null, "context", "context")]
    [InlineData(null, null, null, null, "default")]
    public void Namespace_FirstThatIsSet_Wins(string? option, string? pod, string? account, string? context, string expected)
    {
        if (pod is not null)
            _machine.Variables["POD_NAMESPACE"] = pod;
        if (account is not null)
            _machine.Files[ServiceAccount.Namespace] = account;

        Assert.Equal(expected, KubernetesNamespace.Resolve(option, new() { Namespace = context }, _machine));
    }

    private void InCluster()
    {
        _machine.Variables["KUBERNETES_SERVICE_HOST"] = "10.0.0.1";
        _machine.Variables["KUBERNETES_SERVICE_PORT"] = "6443";
        _machine.Files[ServiceAccount.Token] = "token";
        _machine.Files[ServiceAccount.Namespace] = "jobs";
        _machine.Files[ServiceAccount.Authority] = TestCertificates.Authority.ExportCertificatePem();
    }

    private void Kubeconfig(string path, string text)
    {
        _machine.Variables["KUBECONFIG"] = path;
        _machine.Files[path] = text;
    }

    private string Refused() => Assert.Throws<KubeConfigException>(() => KubernetesConfigurationLocator.Locate(null, _machine)).Message;

    private static string Config(string server, string @namespace) => $$$"""
        apiVersion: v1
        kind: Config
        current-context: main
        contexts: [{name: main, context: {cluster: c, user: me, namespace: {{{@namespace}}} }}]
        clusters: [{name: c, cluster: {server: "{{{server}}}" }}]
        users: [{name: me, user: {token: secret}}]
        """;

    private sealed class FakeMachine : ISystemEnvironment
    {
        public Dictionary<string, string> Variables { get; } = [];

        public Dictionary<string, string> Files { get; } = [];

        public string Home => "/home/me";

        public string? Variable(string name) => Variables.GetValueOrDefault(name);

        public bool HasFile(string path) => Files.ContainsKey(path);

        public byte[] ReadFile(string path) => Encoding.UTF8.GetBytes(Files[path]);
    }
}
