using System.Net;
using k8s.Exceptions;
using LeaseElection.Connection.Machine;
using LeaseElection.Connection.Proxies;

namespace LeaseElection.Tests.Connection.Proxies;

/// <summary>Which proxy a server is reached through, and what is refused.</summary>
public sealed class ProxyFactoryTests
{
    private static readonly Uri Server = new("https://api.test:6443/");

    [Fact]
    public void Nothing_IsSet_NoProxy() => Assert.Null(Find(Server));

    [Theory]
    [InlineData("http://p:1", "http://p:1/")]
    [InlineData("http://p", "http://p/")]
    [InlineData("https://p", "https://p/")]
    [InlineData("https://p:8443/path", "https://p:8443/")]
    [InlineData("socks5://p", "socks5://p:1080/")]
    [InlineData("socks5h://p:1", "socks5://p:1/")]
    [InlineData("HTTP://P:1", "http://p:1/")]
    [InlineData("http://[fd00::1]:1", "http://[fd00::1]:1/")]
    [InlineData("p:3128", "http://p:3128/")]
    [InlineData("p", "http://p/")]
    [InlineData("10.0.0.1:3128", "http://10.0.0.1:3128/")]
    [InlineData("user:secret@p:3128", "http://p:3128/")]
    public void Variable_IsAProxy(string value, string proxy) => Assert.Equal(proxy, Find(Server, ("HTTPS_PROXY", value)));

    [Theory]
    [InlineData("https://api.test/", "http://a:1/")]
    [InlineData("http://api.test/", "http://c:1/")]
    public void Variable_IsOfTheServersScheme_InCapitalsFirst(string server, string proxy) =>
        Assert.Equal(
            proxy,
            Find(new(server), ("HTTPS_PROXY", "a:1"), ("https_proxy", "b:1"), ("HTTP_PROXY", "c:1"), ("http_proxy", "d:1")));

    [Theory]
    [InlineData("https://api.test/", "http://b:1/")]
    [InlineData("http://api.test/", "http://d:1/")]
    public void Variable_EmptyInCapitals_CountsAsUnset(string server, string proxy) =>
        Assert.Equal(
            proxy,
            Find(new(server), ("HTTPS_PROXY", ""), ("https_proxy", "b:1"), ("HTTP_PROXY", ""), ("http_proxy", "d:1")));

    [Fact]
    public void Variable_OfTheOtherSchemeOrAllProxy_DoesNotCount() =>
        Assert.Null(Find(Server, ("HTTP_PROXY", "p:1"), ("ALL_PROXY", "p:1"), ("all_proxy", "p:1")));

    [Theory]
    [InlineData("NO_PROXY", "api.test:6443", true)]
    [InlineData("no_proxy", "api.test", true)]
    [InlineData("no_proxy", "api.test:443", false)]
    public void NoProxy_NamesTheServer_NoProxy(string name, string value, bool direct) =>
        Assert.Equal(direct, Find(Server, ("HTTPS_PROXY", "p:1"), (name, value)) is null);

    [Fact]
    public void NoProxy_InCapitals_GoesFirst()
    {
        Assert.NotNull(Find(Server, ("HTTPS_PROXY", "p:1"), ("NO_PROXY", "other.test"), ("no_proxy", "api.test")));
        Assert.Null(Find(Server, ("HTTPS_PROXY", "p:1"), ("NO_PROXY", ""), ("no_proxy", "api.test")));
    }

    [Theory]
    [InlineData("https://api.test/", "api.test:443")]
    [InlineData("https://[fd00::1]/", "fd00::/8")]
    [InlineData("https://[::1]:6443/", "")]
    [InlineData("https://127.0.0.1:6443/", "")]
    [InlineData("https://localhost/", "")]
    public void Server_GoesDirectly(string server, string noProxy) =>
        Assert.Null(Find(new(server), ("HTTPS_PROXY", "p:1"), ("NO_PROXY", noProxy)));

    [Fact]
    public void ProxyUrl_GoesBeforeTheEnvironment_LoopbackAndNoProxyToo()
    {
        var machine = new Machine([("HTTPS_PROXY", "a:1"), ("NO_PROXY", "*")]);

        Assert.Equal("socks5://b:2/", Address(ProxyFactory.Create("socks5://b:2", new("https://127.0.0.1/"), machine)));
        Assert.Null(ProxyFactory.Create("", Server, machine));
        Assert.Equal("http://a:1/", Address(ProxyFactory.Create("", Server, new Machine([("HTTPS_PROXY", "a:1")]))));
    }

    [Theory]
    [InlineData("http://p:1", null, null)]
    [InlineData("http://me@p:1", "me", "")]
    [InlineData("http://me:se:cret@p:1", "me", "se:cret")]
    [InlineData("http://m%40e:%2Fse%25@p:1", "m@e", "/se%")]
    public void Caller_IsTakenOutOfTheAddress(string written, string? user, string? password)
    {
        var proxy = ProxyFactory.Create(written, Server, new Machine([]))!;
        var caller = proxy.Credentials?.GetCredential(proxy.GetProxy(Server)!, "Basic");

        Assert.Equal((user, password), (caller?.UserName, caller?.Password));
        Assert.Equal("http://p:1/", Address(proxy));
        Assert.DoesNotContain("se", proxy.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p:3128", "has no scheme")]
    [InlineData("ftp://p", "has the scheme 'ftp'")]
    [InlineData("socks4://p", "has the scheme 'socks4'")]
    [InlineData("http://", "is no URL with a host")]
    [InlineData("http://p:port", "is no URL with a host")]
    [InlineData("http://a b", "is no URL with a host")]
    public void ProxyUrl_Unusable_IsRefused(string value, string says)
    {
        var refusal = Assert.Throws<KubeConfigException>(() => ProxyFactory.Create(value, Server, new Machine([])));

        Assert.StartsWith($"The kubeconfig's 'proxy-url' is '{value}', which {says}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("write it as in 'http://proxy.example:3128'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variable_Unusable_IsRefusedWithItsNameAndWithoutItsPassword()
    {
        foreach (var value in new[] { "ftp://me:secret@p", "me:secret@p:port", "http://me:se@cret@p:port" })
        {
            var refusal = Assert.Throws<KubeConfigException>(() => Find(Server, ("https_proxy", value)));

            Assert.StartsWith("The environment variable https_proxy is '", refusal.Message, StringComparison.Ordinal);
            Assert.Contains("…@p", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("se", refusal.Message.Split("which")[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Variable_UnusableButNotForThisServer_IsNotLookedAt() =>
        Assert.Null(Find(Server, ("HTTPS_PROXY", "ftp://p"), ("NO_PROXY", "test")));

    [Fact]
    public void HttpProxy_InACgiProgram_IsRefused()
    {
        var (http, https) = (new Uri("http://api.test/"), Server);

        var refusal = Assert.Throws<KubeConfigException>(() => Find(http, ("http_proxy", "p:1"), ("REQUEST_METHOD", "GET")));

        Assert.Contains("http_proxy is set, and REQUEST_METHOD too", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("http://p:1/", Find(https, ("HTTPS_PROXY", "p:1"), ("REQUEST_METHOD", "GET")));
    }

    private static string? Find(Uri server, params (string, string)[] variables) =>
        Address(ProxyFactory.Create(null, server, new Machine(variables)));

    private static string? Address(IWebProxy? proxy) => proxy?.GetProxy(Server)?.AbsoluteUri;

    private sealed class Machine((string Name, string Value)[] variables) : ISystemEnvironment
    {
        public string Home => "/home";

        public string? Variable(string name) => variables.FirstOrDefault(variable => variable.Name == name).Value;

        public bool HasFile(string path) => false;

        public byte[] ReadFile(string path) => throw new FileNotFoundException(path);
    }
}
