using System.Net.Http.Headers;
using k8s;
using k8s.Authentication;
using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Machine;
using LeaseElection.Connection.Tls;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Connection.Credentials;

/// <summary>Credentials of a KubernetesClientConfiguration from the application, whose token provider may block.</summary>
public sealed class GivenCredentialsTests : IDisposable
{
    private readonly PluginFolder _folder = new();
    private readonly FakeProvider _provider = new();
    private readonly List<ICredentialProvider> _open = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ManualTimeProvider Time => _folder.Time;

    [Fact]
    public async Task Provider_Blocks_OneCallForAllAndNobodyIsBlocked()
    {
        var configuration = new KubernetesClientConfiguration { TokenProvider = _provider };
        _provider.Block();

        var providers = Enumerable.Range(0, 40).Select(_ => Open(configuration)).ToArray();
        var waiting = providers.Select(async provider => await provider.GetAsync(Token)).ToArray();
        await PluginFolder.UntilAsync(() => _provider.Calls == 1);
        Assert.All(waiting, static wait => Assert.False(wait.IsCompleted));
        Time.Advance(TimeSpan.FromSeconds(8));
        Assert.Equal("the token provider FakeProvider (8 s)", providers[0].WaitsFor);
        Assert.Equal(1, _provider.Calls);
        _provider.GoOn();

        Assert.All(await Task.WhenAll(waiting), static credential => Assert.Equal("Bearer 1", credential.Authorization));
    }

    [Fact]
    public async Task Provider_BlocksLater_TheLastTokenServes()
    {
        var provider = Open(new() { TokenProvider = _provider });
        await provider.GetAsync(Token);
        Assert.Equal("Bearer 1", Now(provider));
        Assert.Equal(1, _provider.Calls);
        _provider.Block();

        for (var i = 0; i < 20; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(2));
            Assert.Equal("Bearer 1", Now(provider));
        }

        await PluginFolder.UntilAsync(() => _provider.Calls == 2);
        _provider.GoOn();
        await PluginFolder.UntilAsync(() => Now(provider) is not "Bearer 1");
    }

    [Fact]
    public async Task Provider_GaveARefusedToken_IsAskedAgain()
    {
        var provider = Open(new() { TokenProvider = _provider });
        var refused = await provider.GetAsync(Token);

        Assert.Equal("Bearer 2", (await provider.RenewAsync(refused, Token))?.Authorization);
    }

    [Fact]
    public async Task Provider_Fails_SaysSoAndIsAskedAgain()
    {
        var provider = Open(new() { TokenProvider = _provider });
        _provider.Fail = true;
        var error = await Assert.ThrowsAsync<CredentialException>(async () => await provider.GetAsync(Token));
        Assert.Equal("the token provider FakeProvider failed: no token here", error.Message);
        _provider.Fail = false;
        Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("Bearer 2", (await provider.GetAsync(Token)).Authorization);
    }

    [Fact]
    public async Task Dispose_WhileItBlocks_EndsTheWait()
    {
        _provider.Block();
        var provider = Open(new() { TokenProvider = _provider });
        var waiting = provider.GetAsync(Token).AsTask();
        await PluginFolder.UntilAsync(() => _provider.Calls == 1);

        provider.Dispose();

        await Assert.ThrowsAsync<CredentialException>(() => waiting);
    }

    /// <summary>KubernetesClient's own goes by the wall clock and does not hear of a 401; this pins where it keeps the path.</summary>
    [Fact]
    public async Task TokenFileAuth_IsReadByUs()
    {
        _folder.Write("token", "first");
        var provider = Open(new() { TokenProvider = new TokenFileAuth(_folder["token"]) });
        var refused = await provider.GetAsync(Token);
        Assert.Equal("Bearer first", refused.Authorization);
        Time.StepWall(TimeSpan.FromHours(-1));
        _folder.Write("token", "second");

        Assert.Equal("Bearer second", (await provider.RenewAsync(refused, Token))?.Authorization);
    }

    [Fact]
    public async Task TokenAndPassword_AreSentAsKubernetesClientDoes()
    {
        Assert.Equal("Bearer t", (await Open(new() { AccessToken = "t", Username = "u" }).GetAsync(Token)).Authorization);
        Assert.Equal("Basic dTpw", (await Open(new() { Username = "u", Password = "p" }).GetAsync(Token)).Authorization);
        Assert.Equal(Credential.Anonymous, await Open(new()).GetAsync(Token));
    }

    [Fact]
    public async Task CertificateFiles_AreRenewed_AreReadAgain()
    {
        Put("one");
        var provider = Open(new()
        {
            ClientCertificateFilePath = _folder["tls.crt"],
            ClientKeyFilePath = _folder["tls.key"],
            AccessToken = "t",
        });
        Assert.Equal("CN=one", Subject(await provider.GetAsync(Token)));
        Put("two");

        // The first request has them read again at once, perhaps between the two: then a second later once more.
        await PluginFolder.UntilAsync(() =>
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            return provider.GetAsync(Token).AsTask() is { IsCompletedSuccessfully: true } now && Subject(now.Result) == "CN=two";
        });
        Assert.Equal("Bearer t", Now(provider));
    }

    public void Dispose()
    {
        _provider.GoOn();
        foreach (var provider in _open)
            provider.Dispose();
        _folder.Dispose();
        _provider.Dispose();
    }

    private static string Subject(Credential credential) => credential.Certificate!.Context.TargetCertificate.Subject;

    private static string? Now(ICredentialProvider provider)
    {
        var asked = provider.GetAsync(Token).AsTask();
        return asked.IsCompletedSuccessfully ? asked.Result.Authorization : null;
    }

    private void Put(string name)
    {
        var (certificate, key) = TestPem.Sign(name);
        _folder.Write("tls.crt", certificate);
        _folder.Write("tls.key", key);
    }

    private ICredentialProvider Open(KubernetesClientConfiguration configuration)
    {
        var provider = GivenCredentials.Open(configuration, ClientCertificate.Load(configuration), SystemEnvironment.This, Time);
        _open.Add(provider);
        return provider;
    }

    private sealed class FakeProvider : ITokenProvider, IDisposable
    {
        private readonly ManualResetEventSlim _proceed = new(initialState: true);
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public bool Fail { get; set; }

        public void Block() => _proceed.Reset();

        public void GoOn() => _proceed.Set();

        public Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
        {
            var call = Interlocked.Increment(ref _calls);
            _proceed.Wait(Token);
            return Fail ? throw new InvalidOperationException("no token here")
                : Task.FromResult(new AuthenticationHeaderValue("Bearer", $"{call}"));
        }

        public void Dispose() => _proceed.Dispose();
    }
}
