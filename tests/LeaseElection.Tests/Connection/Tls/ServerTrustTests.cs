using System.Security.Cryptography.X509Certificates;
using LeaseElection.Connection.Tls;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Connection.Tls;

/// <summary>What is trusted and what is not, and what the reason says. No sockets.</summary>
public sealed class ServerTrustTests
{
    private const string Source = "'/etc/ca.crt'";

    private static readonly X509Certificate2 Ours = TestPki.Authority("ours");
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    [Fact]
    public void Certificate_OfOurAuthorityWithOurName_IsTrusted() => Assert.Null(Fault(TestPki.Server(Ours)));

    [Fact]
    public void Certificate_OfAnotherAuthority_IsRefusedWithBothNames() =>
        Refused(Fault(TestPki.Server(TestPki.Authority("theirs"))), "its issuer is 'CN=theirs'", Source + " has 'CN=ours'", "Take the authority");

    [Fact]
    public void Certificate_OfTheClusterBeforeItWasMadeAnew_SaysThatTheNameIsTheSame() =>
        Refused(Fault(TestPki.Server(TestPki.Authority("ours"))), "'CN=ours'", "The cluster's authority was replaced");

    [Fact]
    public void Certificate_ForgedInTheNameOfAnAuthorityWithoutKeyIds_IsRefused()
    {
        var (authority, forger) = (TestPki.Authority("ours", keyIds: false), TestPki.Authority("ours", keyIds: false));

        Refused(Fault(TestPki.Server(forger), authorities: [authority]), "'CN=ours'", "The cluster's authority was replaced");
    }

    [Fact]
    public void Certificate_ForgedInTheNameOfAnIntermediateThatIsTrusted_IsRefused()
    {
        var root = TestPki.Authority("root");
        foreach (var keyIds in new[] { true, false })
        {
            var trusted = TestPki.Authority("middle", root, keyIds: keyIds);
            var forger = TestPki.Authority("middle", root, keyIds: keyIds);

            Assert.NotNull(Fault(TestPki.Server(forger), authorities: [trusted]));
            Assert.Null(Fault(TestPki.Server(trusted), authorities: [trusted]));
        }
    }

    [Fact]
    public void Bundle_OldAndNewAuthorityOfOneName_TrustsBoth()
    {
        foreach (var keyIds in new[] { true, false })
        {
            var (old, young) = (TestPki.Authority("kubernetes", keyIds: keyIds), TestPki.Authority("kubernetes", keyIds: keyIds));

            Assert.Null(Fault(TestPki.Server(old), authorities: [old, young]));
            Assert.Null(Fault(TestPki.Server(young), authorities: [old, young]));
        }
    }

    [Fact]
    public void Intermediate_SentByTheServer_IsUsed()
    {
        var middle = TestPki.Authority("middle", Ours);

        Assert.Null(Fault(TestPki.Server(middle), sent: [middle]));
        Refused(Fault(TestPki.Server(middle)), "its issuer is 'CN=middle'", "let the server send its certificate");
    }

    [Fact]
    public void Authority_ThatAnotherOneSigned_IsTrustedByItself()
    {
        var root = TestPki.Authority("root");
        var middle = TestPki.Authority("middle", root);

        Assert.Null(Fault(TestPki.Server(middle), authorities: [middle]));
        Assert.Null(Fault(TestPki.Server(middle), sent: [middle, root], authorities: [middle]));
    }

    [Fact]
    public void Certificate_SignedByItself_IsTrustedWhereItIsTheAuthorityAndNowhereElse()
    {
        var alone = TestPki.Server(null);

        Assert.Null(Fault(alone, authorities: [alone]));
        Refused(Fault(alone), "it is signed by itself ('CN=server')", Source);
    }

    [Fact]
    public void Certificate_OfOneThatIsNoAuthority_IsRefused()
    {
        var leaf = TestPki.Server(Ours, subject: "leaf");

        Assert.NotNull(Fault(TestPki.Server(leaf), sent: [leaf]));
    }

    [Fact]
    public void Machine_WithoutAuthorities_DoesNotKnowTheCluster()
    {
        var fault = new ServerTrust("the API server", "127.0.0.1", null, new ManualTimeProvider(Now)).FaultOf(TestPki.Server(Ours), []);

        Refused(fault, "its issuer is 'CN=ours'", "which this machine does not trust", "certificate-authority-data");
    }

    // An authority of the machine stands for a server that it signed.
    [Fact]
    public void Machine_WithoutAuthorities_TrustsItsOwn()
    {
        using var store = new X509Store(StoreName.Root, StoreLocation.LocalMachine, OpenFlags.ReadOnly);
        Assert.SkipWhen(store.Certificates.Count == 0, "This machine has no authorities.");

        Assert.Contains(store.Certificates, static root => TrustPath.Find(root, [], null).Fault is null);
        Assert.NotNull(TrustPath.Find(TestPki.Server(Ours), [Ours], null).Fault);
    }

    [Fact]
    public void Certificate_Expired_SaysSinceWhenAndTheClock() =>
        Refused(
            Fault(TestPki.Server(Ours, until: Now.AddDays(-1))),
            "expired at 2026-05-03T03:02:01Z", "it is 2026-05-04T03:02:01Z by this machine's clock", "Renew");

    [Fact]
    public void Certificate_NotYetValid_SaysFromWhenAndTheClock() =>
        Refused(Fault(TestPki.Server(Ours, from: Now.AddDays(1))), "is valid from 2026-05-05T03:02:01Z", "Set the clock");

    [Fact]
    public void Certificate_ExpiredByTheMachinesClockOnly_CountsByOurs() =>
        Assert.Null(Fault(TestPki.Server(Ours, from: TestPki.From, until: Now.AddDays(1))));

    [Fact]
    public void Intermediate_Expired_IsNamed()
    {
        var middle = TestPki.Authority("middle", Ours, until: Now.AddDays(-1));

        Refused(Fault(TestPki.Server(middle), sent: [middle]), "'CN=middle' expired at");
    }

    [Fact]
    public void Authority_Expired_IsNamed()
    {
        var authority = TestPki.Authority("old", until: Now.AddDays(-1));

        Refused(Fault(TestPki.Server(authority), authorities: [authority]), "'CN=old' expired at");
    }

    [Fact]
    public void Name_AnotherOne_SaysWhichThereAre() =>
        Refused(
            Fault(TestPki.Server(Ours, ["kubernetes", "10.96.0.1"])),
            "it is for 'kubernetes', '10.96.0.1', and not for '127.0.0.1'", "tls-server-name");

    [Fact]
    public void Name_InTheCommonNameAlone_IsRefused()
    {
        Refused(Fault(TestPki.Server(Ours, [], subject: "api.test"), "api.test"), "no subject alternative name", "does not count");
        Refused(Fault(TestPki.Server(Ours, ["other.test"], subject: "api.test"), "api.test"), "it is for 'other.test'");
        Refused(Fault(TestPki.Server(Ours, ["10.0.0.1"], subject: "api.test"), "api.test"), "it is for '10.0.0.1'");
        Refused(Fault(TestPki.Server(Ours, ["api.test"], subject: "127.0.0.1")), "it is for 'api.test'");
    }

    [Theory]
    [InlineData("api.test", "api.test", true)]
    [InlineData("api.test", "API.test", true)]
    [InlineData("api.test", "api.test.", true)]
    [InlineData("*.test", "api.test", true)]
    [InlineData("*.test", "a.b.test", false)]
    [InlineData("*.test", "test", false)]
    [InlineData("a*.test", "api.test", false)]
    [InlineData("api.*", "api.test", false)]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("fd00::1", "fd00::1", true)]
    [InlineData("fd00::1", "fd00:0:0::1", true)]
    [InlineData("*.0.0.1", "10.0.0.1", false)]
    [InlineData("api_v1.test", "api_v1.test", true)]
    [InlineData("api.test", "no name", false)]
    public void Name_IsMatchedAsGoDoes(string has, string wanted, bool trusted) =>
        Assert.Equal(trusted, Fault(TestPki.Server(Ours, [has]), wanted) is null);

    [Fact]
    public void Usage_NotForServers_IsRefusedWhereverItStands()
    {
        var client = TestPki.Authority("clients", Ours, [TestPki.ClientUse]);

        Refused(Fault(TestPki.Server(Ours, uses: [TestPki.ClientUse])), "'CN=server' is not for servers", "serverAuth");
        Refused(Fault(TestPki.Server(client), sent: [client]), "'CN=clients' is not for servers");
    }

    [Theory]
    [InlineData(TestPki.ServerUse)]
    [InlineData(TestPki.AnyUse)]
    [InlineData(TestPki.ClientUse, TestPki.ServerUse)]
    public void Usage_ForServersOrAnything_IsTrusted(params string[] uses) => Assert.Null(Fault(TestPki.Server(Ours, uses: uses)));

    [Fact]
    public void Server_WithoutCertificate_IsRefused() =>
        Refused(new ServerTrust("x", "127.0.0.1", null, TimeProvider.System).FaultOf(null, []), "the server sent none");

    private static string? Fault(
        X509Certificate2 server, string name = "127.0.0.1", X509Certificate2[]? sent = null, X509Certificate2[]? authorities = null) =>
        new ServerTrust("the API server", name, new FixedAuthorities([.. authorities ?? [Ours]], Source), new ManualTimeProvider(Now))
            .FaultOf(server, [.. sent ?? []]);

    private static void Refused(string? fault, params string[] parts)
    {
        Assert.NotNull(fault);
        Assert.All(parts, part => Assert.Contains(part, fault, StringComparison.Ordinal));
    }
}
