using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using LeaseElection.Connection;
using LeaseElection.Connection.Machine;
using LeaseElection.Connection.Tls;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Connection.Tls;

/// <summary>What a real TLS server sees of us, and what reaches the log when it is refused.</summary>
public sealed class HandshakeTests
{
    private static readonly X509Certificate2 Ours = TestPki.Authority("ours");
    private static readonly IAuthorities Authorities = new FixedAuthorities([Ours], "'/etc/ca.crt'");

    public static TheoryData<string, X509Certificate2, string> Faults => new()
    {
        { "wrong authority", TestPki.Server(TestPki.Authority("theirs")), "its issuer is 'CN=theirs', and '/etc/ca.crt' has 'CN=ours'" },
        { "expired", TestPki.Server(Ours, until: TestPki.From.AddDays(1)), "expired at 2020-01-02T00:00:00Z" },
        { "not yet valid", TestPki.Server(Ours, from: TestPki.Until.AddDays(-1)), "is valid from 2098-12-31T00:00:00Z" },
        { "wrong name", TestPki.Server(Ours, ["10.0.0.1"]), "it is for '10.0.0.1', and not for '127.0.0.1'" },
        { "common name alone", TestPki.Server(Ours, ["api.test"], subject: "127.0.0.1"), "it is for 'api.test', and not for '127.0.0.1'" },
        { "wrong usage", TestPki.Server(Ours, uses: [TestPki.ClientUse]), "is not for servers" },
        { "signed by itself", TestPki.Server(null), "it is signed by itself" },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Certificate_IsRefused_TheReasonReachesTheAnswerAndNothingIsSent(string what, X509Certificate2 certificate, string reason)
    {
        await using var server = new RecordingServer(certificate);

        foreach (var access in BothVersions(Asking.Access(server.Url, Authorities)))
        {
            var why = await Asking.InVainAsync(access);

            Assert.Contains($"The certificate of the API server https://127.0.0.1:{server.Port} is refused: ", why, StringComparison.Ordinal);
            Assert.Contains(reason, why, StringComparison.Ordinal);
        }

        Assert.True(server.Heads.IsEmpty, what);
    }

    [Fact]
    public void Certificate_OfTheMachinesAuthoritiesBesideTheGivenOne_IsRefused()
    {
        // The handler's own verdict may be that all is well: ours is asked whatever it says.
        var certificate = TestPki.Server(TestPki.Authority("public"));
        var trust = new ServerTrust("the API server", "127.0.0.1", Authorities, TimeProvider.System);

        Assert.Throws<AuthenticationException>(
            () => trust.Validate(this, certificate, null, SslPolicyErrors.None));
    }

    [Fact]
    public async Task SkipVerify_AnyCertificate_IsAccepted()
    {
        await using var server = new RecordingServer(TestPki.Server(null, ["elsewhere"], until: TestPki.From.AddDays(1)));

        foreach (var access in BothVersions(Asking.Access(server.Url, null) with { SkipVerify = true }))
            await Asking.WellAsync(access);
    }

    [Fact]
    public async Task Intermediate_SentByTheServer_IsUsed()
    {
        var middle = TestPki.Authority("middle", Ours);
        await using var server = new RecordingServer(TestPki.Server(middle), middle);
        await using var forgetful = new RecordingServer(TestPki.Server(middle));

        await Asking.WellAsync(Asking.Access(server.Url, Authorities));
        var why = await Asking.InVainAsync(Asking.Access(forgetful.Url, Authorities));
        Assert.Contains("let the server send its certificate", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_IsAnIpAddress_SniAsksForNothing()
    {
        await using var server = new RecordingServer(TestPki.Server(Ours));

        foreach (var access in BothVersions(Asking.Access(server.Url, Authorities)))
            await Asking.WellAsync(access);

        Assert.Equal(["", ""], server.Names);
    }

    [Fact]
    public async Task Address_IsAName_SniAsksForIt()
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, ["localhost"]));

        await Asking.WellAsync(Asking.Access(new($"https://localhost:{server.Port}/"), Authorities));

        Assert.Equal(["localhost"], server.Names);
    }

    [Fact]
    public async Task TlsServerName_ChangesSniAndVerificationAlone()
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, ["kubernetes.default"]));

        foreach (var access in BothVersions(Asking.Access(server.Url, Authorities) with { TlsServerName = "kubernetes.default" }))
            await Asking.WellAsync(access);

        Assert.Equal(["kubernetes.default", "kubernetes.default"], server.Names);
        Assert.Equal(["h2", "http/1.1"], server.Protocols);
        Assert.All(server.Heads, head => Assert.Contains($"127.0.0.1:{server.Port}", head, StringComparison.Ordinal));
        Assert.All(server.Heads, head => Assert.DoesNotContain("kubernetes.default", head, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TlsServerName_CertificateHasTheAddressAlone_IsRefused()
    {
        await using var server = new RecordingServer(TestPki.Server(Ours));

        var why = await Asking.InVainAsync(Asking.Access(server.Url, Authorities) with { TlsServerName = "kubernetes.default" });

        Assert.Contains("it is for '127.0.0.1', and not for 'kubernetes.default'", why, StringComparison.Ordinal);
        Assert.Single(server.Names, "kubernetes.default");
    }

    [Fact]
    public async Task TlsServerName_WithSkipVerify_IsAskedForAndNotVerified()
    {
        await using var server = new RecordingServer(TestPki.Server(null));

        await Asking.WellAsync(Asking.Access(server.Url, null) with { TlsServerName = "kubernetes.default", SkipVerify = true });

        Assert.Equal(["kubernetes.default"], server.Names);
    }

    [Fact]
    public async Task TlsServerName_ClientCertificate_IsShownAllTheSame()
    {
        await using var server = new RecordingServer(TestPki.Server(Ours, ["kubernetes.default"]));
        var access = Asking.Access(server.Url, Authorities) with
        {
            TlsServerName = "kubernetes.default",
            Setup = handler => handler.SslOptions.ClientCertificates = [TestCertificates.Sign("me", loopback: false)],
        };

        await Asking.WellAsync(access);

        Assert.Equal(["CN=me"], server.ClientCertificates);
    }

    [Fact]
    public async Task Server_WithTlsServerNameIsNotThere_SaysSoAsWithout()
    {
        var server = new RecordingServer(TestPki.Server(Ours));
        var url = server.Url;
        await server.DisposeAsync();

        var plain = await Asking.InVainAsync(Asking.Access(url, Authorities));
        var named = await Asking.InVainAsync(Asking.Access(url, Authorities) with { TlsServerName = "kubernetes.default" });

        Assert.Equal(plain, named);
        Assert.Contains("Connection refused", plain, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AuthorityFile_SwappedInThePod_TheNextConnectionTrustsTheNewOne()
    {
        var folder = Directory.CreateTempSubdirectory("authorities");
        try
        {
            var path = Path.Combine(folder.FullName, "ca.crt");
            var young = TestPki.Authority("young");
            File.WriteAllBytes(path, TestPki.Pem(Ours));
            var access = Asking.Access(new("https://127.0.0.1/"), new AuthorityFile(path, SystemEnvironment.This));
            await using var server = new RecordingServer(TestPki.Server(Ours));
            access = access with { Server = server.Url };
            await Asking.WellAsync(access);

            server.Swap(TestPki.Server(young));
            Assert.Contains("its issuer is 'CN=young'", await Asking.InVainAsync(access), StringComparison.Ordinal);
            File.WriteAllBytes(path, TestPki.Pem(young));

            await Asking.WellAsync(access);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // One handler, as during a term: the file is asked at each handshake, not when the handler is made.
    [Fact]
    public async Task AuthorityFile_SwappedUnderOneHandler_CountsAtItsNextHandshake()
    {
        var authorities = new Swapping(Ours);
        var young = TestPki.Authority("young");
        await using var server = new RecordingServer(TestPki.Server(Ours));
        HttpMessageHandler? handler = null;
        var access = Asking.Access(server.Url, authorities) with
        {
            Setup = static made => made.PooledConnectionLifetime = TimeSpan.Zero, // each request on a connection of its own
        };
        using var connection = WrappedTransports.Connect(access, TimeSpan.FromSeconds(30), TimeProvider.System, made => handler = made);
        using var invoker = new HttpMessageInvoker(handler!, disposeHandler: false);
        await GetAsync(invoker, server.Url);

        server.Swap(TestPki.Server(young));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(invoker, server.Url));
        authorities.Current = young;
        await GetAsync(invoker, server.Url);

        Assert.Equal(2, server.Heads.Count);
    }

    private static async Task GetAsync(HttpMessageInvoker invoker, Uri url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        using var response = await invoker.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<ServerAccess> BothVersions(ServerAccess access) =>
        [access, access with { DisableHttp2 = true }];

    private sealed class Swapping(X509Certificate2 first) : IAuthorities
    {
        public X509Certificate2 Current { get; set; } = first;

        public string Source => "a test";

        public X509Certificate2Collection Read() => [Current];
    }
}
