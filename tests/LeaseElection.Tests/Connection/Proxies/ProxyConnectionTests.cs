using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LeaseElection.Connection;
using LeaseElection.Connection.Machine;
using LeaseElection.Connection.Proxies;
using LeaseElection.Connection.Tls;
using LeaseElection.Tests.Connection.Tls;

namespace LeaseElection.Tests.Connection.Proxies;

/// <summary>A TLS server behind a proxy, each real. The server's name exists nowhere: the proxy alone knows the way.</summary>
public sealed class ProxyConnectionTests
{
    private const string Name = "api.cluster.test";

    private static readonly X509Certificate2 Ours = TestPki.Authority("ours");
    private static readonly IAuthorities Authorities = new FixedAuthorities([Ours], "'/etc/ca.crt'");

    public static TheoryData<string, bool> Kinds => new()
    {
        { "http", true }, { "http", false }, { "https", true }, { "https", false }, { "socks5", true }, { "socks5", false },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Server_BehindAProxy_IsReachedByNameAndVerified(string scheme, bool http2)
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, [Name]));
        await using var proxy = Proxy(scheme, server);

        await Asking.WellAsync(Behind(proxy.Url) with { DisableHttp2 = !http2 });

        Assert.Equal([Name], server.Names);
        Assert.Equal([http2 ? "h2" : "http/1.1"], server.Protocols);
        Assert.Contains($"{Name}:6443", Assert.Single(server.Heads), StringComparison.Ordinal);
        var asked = Assert.Single(proxy.Asked);
        if (scheme == "socks5")
            Assert.Equal($"name {Name} 6443", asked);
        else
            Assert.StartsWith($"CONNECT {Name}:6443 HTTP/1.1\r\nHost: {Name}:6443\r\n", asked, StringComparison.Ordinal);
        Assert.DoesNotContain("Proxy-Authorization", asked, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Server_BehindAProxyWithTlsServerName_IsAskedForByIt(string scheme, bool http2)
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, ["kubernetes"]));
        await using var proxy = Proxy(scheme, server);

        await Asking.WellAsync(Behind(proxy.Url) with { DisableHttp2 = !http2, TlsServerName = "kubernetes" });

        Assert.Equal(["kubernetes"], server.Names);
        Assert.Contains($"{Name}:6443", Assert.Single(server.Heads), StringComparison.Ordinal);
        Assert.Contains(Name, Assert.Single(proxy.Asked), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task Caller_OfTheProxysAddress_IsSentWithTheFirstRequest(string scheme)
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, [Name]));
        await using var proxy = Proxy(scheme, server);

        await Asking.WellAsync(Behind(proxy.UrlFor("me:se%40cret")));

        var expected = Convert.ToBase64String(Encoding.UTF8.GetBytes("me:se@cret"));
        Assert.Contains($"\r\nProxy-Authorization: Basic {expected}\r\n", Assert.Single(proxy.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_OfASocksProxysAddress_IsSent()
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, [Name]));
        await using var proxy = Proxy("socks5", server);
        proxy.Caller = "me:se@cret";

        await Asking.WellAsync(Behind(proxy.UrlFor("me:se%40cret")));

        Assert.Equal($"name {Name} 6443 me:se@cret", Assert.Single(proxy.Asked));
        Says(await Asking.InVainAsync(Behind(proxy.Url)), "wants to know who we are", "socks5://user:password@host:port");
        Says(await Asking.InVainAsync(Behind(proxy.UrlFor("me:wrong"))), "refuses the user and password");
    }

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public async Task Caller_OfAProxyThatAsksForNone_DoesNotMatter(string scheme)
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, [Name]));
        await using var proxy = Proxy(scheme, server);

        await Asking.WellAsync(Behind(proxy.UrlFor("me:secret")));
    }

    [Theory]
    [InlineData("http", "fd00::1", "CONNECT [fd00::1]:6443 HTTP/1.1")]
    [InlineData("http", "10.0.0.1", "CONNECT 10.0.0.1:6443 HTTP/1.1")]
    [InlineData("socks5", "fd00::1", "6 fd00::1 6443")]
    [InlineData("socks5", "10.0.0.1", "4 10.0.0.1 6443")]
    public async Task Server_IsAnAddress_TheProxyIsAskedForIt(string scheme, string address, string expected)
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, [address]));
        await using var proxy = Proxy(scheme, server);
        var url = new UriBuilder("https", address, 6443).Uri;

        await Asking.WellAsync(Asking.Access(url, Authorities) with { Proxy = Create(proxy.Url, url) });

        Assert.StartsWith(expected, Assert.Single(proxy.Asked), StringComparison.Ordinal);
        Assert.Equal([""], server.Names);
    }

    [Fact]
    public async Task Server_OnTheDefaultPort_TheProxyIsAskedWithThePort()
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, [Name]));
        await using var proxy = Proxy("http", server);
        var url = new Uri($"https://{Name}/");

        await Asking.WellAsync(Asking.Access(url, Authorities) with { Proxy = Create(proxy.Url, url) });

        Assert.StartsWith($"CONNECT {Name}:443 ", Assert.Single(proxy.Asked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_BehindAProxyOnTheLoopbackAddress_ProxyUrlGoesBeforeThat()
    {
        await using var server = new RecordingServer(TestPki.Server(Ours));
        await using var proxy = Proxy("http", server);

        await Asking.WellAsync(Asking.Access(server.Url, Authorities) with { Proxy = Create(proxy.Url, server.Url) });

        Assert.Equal(1, proxy.Connections);
    }

    [Fact]
    public async Task Server_BehindAProxyWithAForeignCertificate_IsRefused()
    {
        await using var server = new RecordingServer(TestPki.Server(TestPki.Authority("theirs"), [Name]));
        await using var proxy = Proxy("http", server);

        Says(await Asking.InVainAsync(Behind(proxy.Url)), $"The certificate of the API server https://{Name}:6443 is refused", "'CN=theirs'");
        Assert.True(server.Heads.IsEmpty);
    }

    [Fact]
    public async Task HttpsProxy_IsVerifiedByItsOwnName()
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, [Name]));
        await using var stranger = new RecordingProxy("https", server.Port, TestPki.Server(TestPki.Authority("theirs")));
        await using var renamed = new RecordingProxy("https", server.Port, TestPki.Server(Ours, [Name]));

        Says(await Asking.InVainAsync(Behind(stranger.Url)), $"The certificate of the proxy {stranger.Url} is refused", "'CN=theirs'");
        Says(await Asking.InVainAsync(Behind(renamed.Url) with { TlsServerName = Name }), $"the proxy {renamed.Url}", "not for '127.0.0.1'");
        await Asking.WellAsync(Behind(stranger.Url) with { SkipVerify = true });
        Assert.Single(stranger.Asked);
        Assert.Empty(renamed.Asked);
    }

    [Theory]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required", "", "Put user and password into the proxy's address")]
    [InlineData("HTTP/1.1 407 Proxy Authentication Required", "me:secret@", "Correct user and password")]
    [InlineData("HTTP/1.1 403 Forbidden", "me:secret@", "Let the proxy allow this server")]
    [InlineData("SSH-2.0-OpenSSH", "", "does not speak HTTP: it began with 'SSH-2.0-OpenSSH'")]
    public async Task HttpProxy_Refuses_IsToldWithoutThePassword(string answer, string caller, string advice)
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, [Name]));
        await using var proxy = Proxy("http", server);
        proxy.Refusal = answer;

        var why = await Asking.InVainAsync(Behind(proxy.Url.Replace("//", "//" + caller, StringComparison.Ordinal)));

        Says(why, $"The proxy {proxy.Url} ", answer, advice);
        Assert.DoesNotContain("secret", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SocksProxy_Refuses_IsTold()
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, [Name]));
        await using var proxy = Proxy("socks5", server);
        proxy.Refusal = "4";

        Says(await Asking.InVainAsync(Behind(proxy.Url)), $"The proxy {proxy.Url} does not connect to {Name}:6443: host unreachable");
    }

    [Theory]
    [InlineData("http", "does not speak HTTP")]
    [InlineData("socks5", "does not speak socks5")]
    public async Task Proxy_OfTheOtherKind_IsTold(string scheme, string says)
    {
        // It answers each in the other's language.
        await using var other = new LoopbackListener(async (stream, cancellationToken) =>
        {
            await stream.ReadExactlyAsync(new byte[3], cancellationToken);
            var answer = scheme == "http" ? [5, 0xFF, 0, 0] : "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray();
            await stream.WriteAsync(answer, cancellationToken);
            await stream.CopyToAsync(Stream.Null, cancellationToken);
        });

        Says(await Asking.InVainAsync(Behind($"{scheme}://127.0.0.1:{other.Port}")), says);
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    [InlineData("socks5")]
    public async Task Proxy_IsNotThere_IsToldAsTheProxys(string scheme)
    {
        var gone = new LoopbackListener(static (_, _) => Task.CompletedTask);
        var url = $"{scheme}://127.0.0.1:{gone.Port}";
        await gone.DisposeAsync();

        Says(await Asking.InVainAsync(Behind(url)), $"The proxy {url} cannot be reached: Connection refused");
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    [InlineData("socks5")]
    public async Task Proxy_ClosesTheConnection_IsToldAsTheProxys(string scheme)
    {
        await using var mute = new LoopbackListener(
            static (stream, cancellationToken) => stream.ReadExactlyAsync(new byte[3], cancellationToken).AsTask());
        var url = $"{scheme}://127.0.0.1:{mute.Port}";

        Says(await Asking.InVainAsync(Behind(url)), $"the proxy {url}");
    }

    [Fact]
    public async Task HttpsProxy_SpeaksPlainHttp_IsToldAsTheProxys()
    {
        await using var plain = new LoopbackListener(static async (stream, cancellationToken) =>
        {
            await stream.ReadExactlyAsync(new byte[3], cancellationToken);
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), cancellationToken);
            await stream.CopyToAsync(Stream.Null, cancellationToken);
        });
        var url = $"https://127.0.0.1:{plain.Port}";

        Says(await Asking.InVainAsync(Behind(url)), $"There is no TLS connection to the proxy {url}: ");
    }

    [Theory]
    [InlineData("http")]
    [InlineData("socks5")]
    public async Task Server_OfPlainHttpBehindAProxy_IsAskedForThere(string scheme)
    {
        string? head = null;
        await using var server = new LoopbackListener(async (stream, cancellationToken) =>
        {
            head = await RecordingServer.ReadHeadAsync(stream, cancellationToken);
            await stream.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"u8.ToArray(), cancellationToken);
        });
        await using var socks = new RecordingProxy("socks5", server.Port);
        var url = new Uri($"http://{Name}:8080/");
        var proxyUrl = scheme == "socks5" ? socks.Url : $"http://127.0.0.1:{server.Port}";

        await Asking.WellAsync(Asking.Access(url, null) with { Proxy = Create(proxyUrl, url) });

        var path = scheme == "socks5" ? "/version" : $"http://{Name}:8080/version";
        Assert.StartsWith($"GET {path} HTTP/1.1\r\n", head, StringComparison.Ordinal);
        Assert.Equal(scheme == "socks5" ? [$"name {Name} 8080"] : [], socks.Asked);
    }

    [Fact]
    public async Task Application_SetsItsOwnProxy_ItGoesFirst()
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, [Name]));
        await using var ours = Proxy("http", server);
        await using var theirs = Proxy("http", server);

        await Asking.WellAsync(Behind(ours.Url) with { Setup = handler => handler.Proxy = new WebProxy(theirs.Url) });

        Assert.Equal((0, 1), (ours.Connections, theirs.Connections));
    }

    [Fact]
    public async Task Application_ConnectsByItself_ItGoesFirst()
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, [Name]));
        await using var ours = Proxy("http", server);
        var access = Asking.Access(new($"https://{Name}:6443/"), Authorities) with
        {
            Setup = handler => handler.ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, server.Port, cancellationToken);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        };

        await Asking.WellAsync(access);

        Assert.Equal(0, ours.Connections);
    }

    private static RecordingProxy Proxy(string scheme, RecordingServer server) =>
        new(scheme, server.Port, scheme == "https" ? TestPki.Server(Ours) : null);

    private static ServerAccess Behind(string proxyUrl)
    {
        var url = new Uri($"https://{Name}:6443/");
        return Asking.Access(url, Authorities) with { Proxy = Create(proxyUrl, url) };
    }

    private static IWebProxy? Create(string proxyUrl, Uri server) => ProxyFactory.Create(proxyUrl, server, SystemEnvironment.This);

    private static void Says(string why, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, why, StringComparison.OrdinalIgnoreCase));
}
