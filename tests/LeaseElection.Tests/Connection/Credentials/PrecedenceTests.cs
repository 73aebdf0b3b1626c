using System.Text;
using k8s.Exceptions;
using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Kubeconfigs;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Tests.Connection.Credentials;

/// <summary>Several kinds of credentials in one user: what client-go sends of them.</summary>
public sealed class PrecedenceTests : IDisposable
{
    private static readonly (string Certificate, string Key) Pair = TestPem.Sign("one");

    private readonly PluginFolder _folder = new();

    private static UserEntry Nobody => new("/etc/kubeconfig", "the-user");

    private static UserEntry WithCertificate =>
        Nobody with { ClientCertificateData = Data(Pair.Certificate), ClientKeyData = Data(Pair.Key) };

    [Fact]
    public async Task Nothing_IsAnonymous() => Assert.Equal(Credential.Anonymous, await OfAsync(Nobody));

    [Fact]
    public async Task Token_IsBearer() => Assert.Equal(new Credential("Bearer t"), await OfAsync(Nobody with { Token = "t" }));

    [Fact]
    public async Task Password_IsBasic() =>
        Assert.Equal(new Credential("Basic " + Data("ü:p:w")), await OfAsync(Nobody with { UserName = "ü", Password = "p:w" }));

    [Fact]
    public async Task Password_WithoutAUserName_IsNothing() =>
        Assert.Equal(Credential.Anonymous, await OfAsync(Nobody with { Password = "p" }));

    [Fact]
    public async Task TokenFile_WinsOverTheToken()
    {
        _folder.Write("token", "of the file".Replace(' ', '-'));

        Assert.Equal("Bearer of-the-file", (await OfAsync(Nobody with { Token = "t", TokenFile = _folder["token"] })).Authorization);
    }

    [Fact]
    public async Task TokenFile_CannotBeRead_TheTokenServes() =>
        Assert.Equal("Bearer t", (await OfAsync(Nobody with { Token = "t", TokenFile = "/no/such/token" })).Authorization);

    [Fact]
    public async Task Certificate_GoesBesideAToken()
    {
        var both = await OfAsync(WithCertificate with { Token = "t" });

        Assert.Equal("Bearer t", both.Authorization);
        Assert.Equal("CN=one", both.Certificate!.Context.TargetCertificate.Subject);
    }

    [Fact]
    public async Task Certificate_BesideATokenFile_TheyChangeTogetherAndApart()
    {
        _folder.Write("token", "first");
        using var provider = Open(WithCertificate with { TokenFile = _folder["token"] });
        var cancellationToken = TestContext.Current.CancellationToken;
        var first = await provider.GetAsync(cancellationToken);
        Assert.Same(first, await provider.GetAsync(cancellationToken));
        Assert.Null(await provider.RenewAsync(first, cancellationToken));
        _folder.Write("token", "second");

        var second = await provider.RenewAsync(first, cancellationToken);

        Assert.Equal("Bearer second", second!.Authorization);
        Assert.Same(first.Certificate, second.Certificate);
        Assert.Equal(second, await provider.GetAsync(cancellationToken));
    }

    [Theory]
    [InlineData("token")]
    [InlineData("password")]
    [InlineData("certificate")]
    public async Task Plugin_BesideAnotherCredential_DoesNotRun(string kind)
    {
        var user = kind switch
        {
            "token" => Nobody with { Token = "t" },
            "password" => Nobody with { UserName = "u" },
            _ => WithCertificate,
        };

        var credential = await OfAsync(user with { Exec = _folder.Entry() });

        Assert.NotEqual("Bearer first", credential.Authorization);
        Assert.Empty(_folder.Runs);
    }

    [Fact]
    public void TokenAndPassword_AreRefused() => Assert.Equal(
        "The user 'the-user' in /etc/kubeconfig: token and username/password are both set: remove one.",
        Assert.Throws<KubeConfigException>(() => Open(Nobody with { Token = "t", UserName = "u" })).Message);

    [Fact]
    public void Token_WithALineBreak_IsRefused() =>
        Assert.Throws<KubeConfigException>(() => Open(Nobody with { Token = "t\n" }));

    public void Dispose() => _folder.Dispose();

    private static string Data(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task<Credential> OfAsync(UserEntry user)
    {
        using var provider = Open(user);
        return await provider.GetAsync(TestContext.Current.CancellationToken);
    }

    private ICredentialProvider Open(UserEntry user) =>
        CredentialProviders.Open(user, PluginFolder.Cluster, SystemEnvironment.This, _folder.Time);
}
