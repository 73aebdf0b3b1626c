using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using LeaseElection.Connection.Configuration;
using LeaseElection.Leases;
using LeaseElection.Store.Sharing;
using LeaseElection.TestKit;
using LeaseElection.Tests.Store;

namespace LeaseElection.Tests.Connection;

/// <summary>What only real sockets show. Real time, but nothing waits for longer than a timeout of the code under test.</summary>
public sealed class LoopbackTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(20);

    [Fact]
    [Scenario(34)]
    public async Task Store_ConnectionIsSwallowed_TheRetryTravelsOnANewOneBeforeAPingWouldTell()
    {
        await using var server = Server();
        var timeout = TimeSpan.FromMilliseconds(500);
        await using var store = Store(Trusting(server), timeout);
        Assert.IsType<ReadOutcome.Found>(await store.ReadAsync(CancellationToken.None));
        server.Swallow();

        var first = store.WriteAsync(SampleLeases.Creation(), 2 * timeout, CancellationToken.None);
        Assert.IsType<ReadOutcome.Found>(await store.ProbeAsync(onAnother: true, CancellationToken.None));
        var retry = await store.WriteAsync(SampleLeases.Creation() with { OnAnother = true }, Ample, CancellationToken.None);
        Assert.IsType<WriteOutcome.Unknown>(await first);

        Assert.IsType<WriteOutcome.Written>(retry);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task Store_ManyRequests_ShareOneConnection()
    {
        await using var server = Server();
        await using var store = Store(Trusting(server), Ample);
        await store.ReadAsync(CancellationToken.None);

        var writes = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => store.WriteAsync(SampleLeases.Creation(), Ample, CancellationToken.None)));

        Assert.All(writes, outcome => Assert.IsType<WriteOutcome.Written>(outcome));
        Assert.Equal((1, 51), (server.Connections, server.Requests));
    }

    [Fact]
    public async Task Store_AuthorityIsNotTheServers_IsRefusedAndNothingIsSent()
    {
        await using var server = Server();
        await using var store = Store(new() { Host = server.Url, SslCaCerts = [TestCertificates.NewAuthority("another")] }, Ample);

        Assert.IsType<WriteOutcome.Unknown>(await store.WriteAsync(SampleLeases.Creation(), Ample, CancellationToken.None));
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task Store_NoAuthority_TrustsTheMachinesAlone()
    {
        await using var server = Server();
        await using var store = Store(new() { Host = server.Url }, Ample);

        Assert.IsType<WriteOutcome.Unknown>(await store.WriteAsync(SampleLeases.Creation(), Ample, CancellationToken.None));
        Assert.Equal(0, server.Requests);
    }

    [Fact]
    public async Task Store_CertificateHasAnotherName_IsRefusedUnlessTlsServerNameSaysSo()
    {
        await using var server = new LoopbackServer(TestCertificates.Sign("kubernetes.default", loopback: false), SampleLeases.Plain(7));
        await using var strict = Store(Trusting(server), Ample);
        var named = Trusting(server);
        named.TlsServerName = "kubernetes.default";
        await using var store = Store(named, Ample);

        Assert.IsType<WriteOutcome.Unknown>(await strict.WriteAsync(SampleLeases.Creation(), Ample, CancellationToken.None));
        Assert.IsType<WriteOutcome.Written>(await store.WriteAsync(SampleLeases.Creation(), Ample, CancellationToken.None));
    }

    [Fact]
    public async Task Store_SkipTlsVerify_TrustsAnybody()
    {
        await using var server = new LoopbackServer(TestCertificates.Sign("elsewhere", loopback: false), SampleLeases.Plain(7));
        await using var store = Store(new() { Host = server.Url, SkipTlsVerify = true }, Ample);

        Assert.IsType<WriteOutcome.Written>(await store.WriteAsync(SampleLeases.Creation(), Ample, CancellationToken.None));
    }

    [Fact]
    public async Task Store_ClientCertificate_IsShown()
    {
        await using var server = Server();
        using var client = TestCertificates.Sign("me", loopback: false);
        var configuration = Trusting(server);
        configuration.ClientCertificateData = Convert.ToBase64String(Encoding.UTF8.GetBytes(client.ExportCertificatePem()));
        configuration.ClientCertificateKeyData = Convert.ToBase64String(
            Encoding.UTF8.GetBytes(client.GetECDsaPrivateKey()!.ExportECPrivateKeyPem()));
        await using var store = Store(configuration, Ample);

        Assert.IsType<WriteOutcome.Written>(await store.WriteAsync(SampleLeases.Creation(), Ample, CancellationToken.None));
        Assert.Equal("CN=me", server.ClientCertificate?.Subject);
    }

    private static LoopbackServer Server() => new(TestCertificates.Sign("server", loopback: true), SampleLeases.Plain(7));

    private static KubernetesClientConfiguration Trusting(LoopbackServer server) =>
        new() { Host = server.Url, SslCaCerts = [TestCertificates.Authority] };

    private static ILeaseStore Store(KubernetesClientConfiguration configuration, TimeSpan requestTimeout) =>
        KubernetesLeaseStores.Create(
            GivenAccess.Of(configuration), "jobs", SampleLeases.Name, new Dictionary<string, string>(), requestTimeout, TimeProvider.System);
}
