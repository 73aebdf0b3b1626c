using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Http;
using LeaseElection.Connection.Tls;
using LeaseElection.Tests.Store;

namespace LeaseElection.Tests.Connection.Http;

/// <summary>What a connection does with the credentials that it is given.</summary>
public sealed class CredentialUseTests : IDisposable
{
    private readonly Provider _provider = new();
    private readonly Ways _ways;

    public CredentialUseTests() => _ways = new(access => access with
    {
        OpenCredentials = _ => _provider,
        Impersonation = [new("Impersonate-User", "jane"), new("Impersonate-Group", "a"), new("Impersonate-Group", "b")],
    });

    [Fact]
    public async Task Unauthorized_IsRepeatedOnceWithTheRenewedCredential()
    {
        _ways.Answer = static (_, request) => Ways.Status(request.Headers.Authorization!.Parameter == "1" ? 401 : 200);

        Assert.Equal(200, Assert.IsType<ApiAnswer.Replied>(await _ways.SendAsync(method: HttpMethod.Put)).Status);
        Assert.Equal((1, 2), (_provider.Renewals, _ways.Took.Length));
    }

    [Fact]
    public async Task Unauthorized_WithTheRenewedOneToo_IsTheAnswer()
    {
        _ways.Answer = static (_, _) => Ways.Status(401);

        Assert.Equal(401, Assert.IsType<ApiAnswer.Replied>(await _ways.SendAsync()).Status);
        Assert.Equal((1, 2), (_provider.Renewals, _ways.Took.Length));
    }

    [Fact]
    public async Task Unauthorized_NothingToRenew_IsTheAnswerAndIsSentOnce()
    {
        _provider.Renew = static _ => null;
        _ways.Answer = static (_, _) => Ways.Status(401);

        Assert.Equal(401, Assert.IsType<ApiAnswer.Replied>(await _ways.SendAsync()).Status);
        Assert.Single(_ways.Took);
    }

    // The write did nothing, which a "no answer" would not say.
    [Fact]
    public async Task Unauthorized_RenewalFails_StaysA401AndSaysWhy()
    {
        _provider.Renew = static _ => throw new CredentialException("the plugin 'x' ended with 1: run 'x login'");
        _ways.Answer = static (_, _) => Ways.Status(401);

        var refused = Assert.IsType<ApiAnswer.Replied>(await _ways.SendAsync());

        Assert.Equal(401, refused.Status);
        Assert.Contains("run 'x login'", refused.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unauthorized_WriteOnAnother_IsRepeatedOnThatOne()
    {
        var trail = new Trail();
        _ways.Answer = static (transport, request) =>
            transport == 1 ? Ways.Silence() : Ways.Status(request.Headers.Authorization!.Parameter == "1" ? 401 : 200);
        _ = _ways.SendAsync(trail: trail, leavesTrail: true);

        Assert.Equal(200, Assert.IsType<ApiAnswer.Replied>(await _ways.SendAsync(Way.Other, trail, leavesTrail: true)).Status);
        Assert.Equal([1, 2, 2], _ways.Took);
    }

    [Fact]
    public async Task Credential_IsWaitedFor_TheTimeoutSaysForWhat()
    {
        _provider.WaitsFor = "the credential plugin 'x' (8 s)";
        _provider.Get = static () => new TaskCompletionSource<Credential>().Task;
        var sent = _ways.SendAsync(timeout: Ways.RequestTimeout);
        _ways.Time.Advance(Ways.RequestTimeout);

        Assert.Equal(
            "no answer within 2000 ms: waiting for the credential plugin 'x' (8 s)", Assert.IsType<ApiAnswer.Silent>(await sent).Why);
        Assert.Empty(_ways.Took);
    }

    [Fact]
    public async Task Credential_CannotBeHad_ItsMessageIsTheReason()
    {
        _provider.Get = static () => Task.FromException<Credential>(new CredentialException("no such file: install x", new IOException("inner")));

        Assert.Equal("no such file: install x", Assert.IsType<ApiAnswer.Silent>(await _ways.SendAsync()).Why);
        Assert.Empty(_ways.Took);
    }

    [Fact]
    public async Task Impersonation_IsOnEveryRequest()
    {
        string? user = null;
        string[] groups = [];
        _ways.Answer = (_, request) =>
        {
            user = request.Headers.GetValues("Impersonate-User").Single();
            groups = [.. request.Headers.GetValues("Impersonate-Group")];
            return Ways.Good();
        };
        await _ways.SendAsync();

        Assert.Equal("jane", user);
        Assert.Equal(["a", "b"], groups);
    }

    [Fact]
    public async Task Certificate_Changes_NewRequestsTakeANewConnectionAndStreamsFollow()
    {
        var (a, b) = (Certificate("a"), Certificate("b"));
        var late = new TaskCompletionSource<HttpResponseMessage>();
        _ways.Answer = (_, _) => _ways.Took.Length switch
        {
            1 => Task.FromResult(WatchFeed.Of().Reply()),
            2 => late.Task,
            _ => Ways.Good(),
        };
        _provider.Get = () => Task.FromResult(new Credential(null, a));
        using var stream = (await _ways.StreamAsync()).Stream;
        var inFlight = _ways.SendAsync();
        _provider.Get = () => Task.FromResult(new Credential(null, b));
        await _ways.SendAsync();
        var first = _ways.Took[0];
        Assert.Equal([first, first, first + 1], _ways.Took);
        Assert.Same(b, _ways.Setups[first].Certificate);

        // A request that got the old one before, and goes in now, does not bring it back.
        _provider.Get = () => Task.FromResult(new Credential(null, a));
        await _ways.SendAsync();
        Assert.Equal(first + 1, _ways.Took[^1]);

        late.SetResult(FakeServer.Reply(200, "{}"));
        Assert.IsType<ApiAnswer.Replied>(await inFlight);
        Assert.False(stream.IsGivenUp);
        _ways.Time.Advance(ConnectionTimes.Spread);
        Assert.True(stream.IsGivenUp);
    }

    public void Dispose()
    {
        _ways.Dispose();
        _provider.Dispose();
    }

    private static ClientCertificate Certificate(string name)
    {
        using var signed = TestCertificates.Sign(name, loopback: false);
        return ClientCertificate.Load(new()
        {
            ClientCertificateData = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(signed.ExportCertificatePem())),
            ClientCertificateKeyData = Convert.ToBase64String(
                System.Text.Encoding.UTF8.GetBytes(System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions.GetECDsaPrivateKey(signed)!.ExportECPrivateKeyPem())),
        })!;
    }

    private sealed class Provider : ICredentialProvider
    {
        private int _number = 1;

        public Provider()
        {
            Get = () => Task.FromResult(new Credential($"Bearer {_number}"));
            Renew = _ => new Credential($"Bearer {++_number}");
        }

        public Func<Task<Credential>> Get { get; set; }

        public Func<Credential, Credential?> Renew { get; set; }

        public int Renewals { get; private set; }

        public string? WaitsFor { get; set; }

        public ValueTask<Credential> GetAsync(CancellationToken cancellationToken) => new(Get());

        public ValueTask<Credential?> RenewAsync(Credential refused, CancellationToken cancellationToken)
        {
            Renewals++;
            return new(Renew(refused));
        }

        public void Dispose()
        {
        }
    }
}
