using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s.Exceptions;
using LeaseElection.Connection;
using LeaseElection.Connection.Configuration;

namespace LeaseElection.Tests.Connection.Configuration;

/// <summary>
/// What a kubeconfig leads to, or why it is refused. Each row was put to kubectl 1.33 too; where it goes on with a guess and this refuses,
/// the row says so.
/// </summary>
public sealed class KubeconfigAccessTests
{
    private const string V1 = "apiVersion: client.authentication.k8s.io/v1, ";
    private static readonly string AuthorityPem = TestCertificates.Authority.ExportCertificatePem();
    private static readonly string AuthorityBase64 = Convert.ToBase64String(Encoding.ASCII.GetBytes(AuthorityPem));

    private readonly FakeMachine _machine = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://a.test", "https://a.test/")]
    [InlineData("https://a.test/", "https://a.test/")]
    [InlineData("https://a.test:6443/clusters/one", "https://a.test:6443/clusters/one/")]
    [InlineData("https://a.test/clusters/one/", "https://a.test/clusters/one/")]
    [InlineData("https://a.test/one?x=1#y", "https://a.test/one/")]
    [InlineData("HTTPS://A.test", "https://a.test/")]
    [InlineData("https://[fd00::1]:6443", "https://[fd00::1]:6443/")]
    [InlineData("http://127.0.0.1:8001", "http://127.0.0.1:8001/")]
    [InlineData("127.0.0.1:8001", "http://127.0.0.1:8001/")]
    [InlineData("localhost", "http://localhost/")]
    public void Server_IsAsKubectlTakesIt(string server, string expected) =>
        Assert.Equal(expected, Access(SampleKubeconfig.Text(cluster: $"{{server: '{server}'}}")).Server.ToString());

    [Theory]
    [InlineData("{token: t}", "Bearer t")]
    [InlineData("{tokenFile: tok}", "Bearer of-file")]
    [InlineData("{token: t, tokenFile: tok}", "Bearer of-file")]
    [InlineData("{tokenFile: /a/tok}", "Bearer of-file")]
    [InlineData("{username: me, password: pw}", "Basic bWU6cHc=")]
    [InlineData("{username: me}", "Basic bWU6")]
    [InlineData("{}", null)]
    [InlineData("~", null)]
    public async Task User_SaysWhoSends(string user, string? header)
    {
        _machine.Write("/a/tok", "of-file\n");

        Assert.Equal(header, await HeaderAsync(Access(SampleKubeconfig.Text(user))));
    }

    [Theory]
    [InlineData("{cluster: c}")]
    [InlineData("{cluster: c, user: ''}")]
    public async Task Context_WithoutUser_IsAnonymous(string context) =>
        Assert.Null(await HeaderAsync(Access(SampleKubeconfig.Text(context: context))));

    // kubectl sends no credentials over plain HTTP, and acts as somebody else all the same.
    [Fact]
    public async Task PlainHttp_SendsNoCredentials_AndSaysSo()
    {
        var access = Access(SampleKubeconfig.Text("{token: t, as: joe}", "{server: 'http://a.test'}"));

        Assert.Null(await HeaderAsync(access));
        Assert.Equal([new("Impersonate-User", "joe")], access.Impersonation);
        Assert.Contains("they are not sent", Assert.Single(access.Notes), StringComparison.Ordinal);
        Assert.Empty(Access(SampleKubeconfig.Text("{}", "{server: 'http://a.test'}")).Notes);
    }

    [Fact]
    public void Impersonation_IsSentAsHeaders()
    {
        var access = Access(SampleKubeconfig.Text(
            "{token: t, as: joe, as-uid: '7', as-groups: [g1], as-user-extra: {'a/b%C Ä': [x], scopes: ['z w'], none: []}}"));

        Assert.Equal(
            [
                new("Impersonate-User", "joe"), new("Impersonate-Uid", "7"), new("Impersonate-Group", "g1"),
                new("Impersonate-Extra-a%2Fb%25C%20%C3%84", "x"),
                new("Impersonate-Extra-scopes", "z w"),
            ],
            access.Impersonation);
    }

    [Theory]
    [InlineData("{token: t}")]
    [InlineData("{token: t, as: ''}")]
    [InlineData("{token: t, as-groups: [], as-user-extra: {}}")]
    public void Impersonation_OfNobody_SendsNone(string user) => Assert.Empty(Access(SampleKubeconfig.Text(user)).Impersonation);

    [Fact]
    public void Tls_IsTaken()
    {
        _machine.Write("/a/pki/ca.crt", $"# two\n{AuthorityPem}\n\n{AuthorityPem}\n");

        var byFile = Access(SampleKubeconfig.Text(cluster: $"{{server: '{SampleKubeconfig.Server}', certificate-authority: pki/ca.crt, tls-server-name: kubernetes}}"));
        Assert.Equal((2, "kubernetes", false), (byFile.Authorities!.Read().Count, byFile.TlsServerName, byFile.SkipVerify));
        Assert.Single(Access(SampleKubeconfig.Text(cluster: $"{{server: '{SampleKubeconfig.Server}', certificate-authority-data: {AuthorityBase64}}}")).Authorities!.Read());
        var skips = Access(SampleKubeconfig.Text(cluster: $"{{server: '{SampleKubeconfig.Server}', insecure-skip-tls-verify: true}}"));
        Assert.Equal((null, true), (skips.Authorities, skips.SkipVerify));
    }

    [Theory]
    [InlineData("http://proxy.test:3128")]
    [InlineData("https://proxy.test:3128")]
    [InlineData("socks5://proxy.test:1080")]
    public void ProxyUrl_IsTheProxy(string proxy)
    {
        var access = Access(SampleKubeconfig.Text(cluster: $"{{server: '{SampleKubeconfig.Server}', proxy-url: '{proxy}'}}"));

        Assert.Equal(new Uri(proxy), access.Proxy!.GetProxy(access.Server));
    }

    [Fact]
    public void ClientCertificate_AsFilesOrAsData_IsTaken()
    {
        using var signed = TestCertificates.Sign("me", loopback: false);
        using var key = signed.GetECDsaPrivateKey();
        var (certificate, secret) = (signed.ExportCertificatePem(), key!.ExportPkcs8PrivateKeyPem());
        _machine.Write("/a/me.crt", certificate);
        _machine.Write("/a/me.key", secret);
        var (data, secretData) = (Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate)), Convert.ToBase64String(Encoding.ASCII.GetBytes(secret)));

        Access(SampleKubeconfig.Text("{client-certificate: me.crt, client-key: me.key}"));
        Access(SampleKubeconfig.Text($"{{client-certificate-data: {data}, client-key-data: {secretData}}}"));
        _machine.Write("/a/me.crt", AuthorityPem);
        Assert.Contains("are no pair", Refused(SampleKubeconfig.Text("{client-certificate: me.crt, client-key: me.key}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1, interactiveMode: Never")]
    [InlineData("v1, interactiveMode: IfAvailable")]
    [InlineData("v1beta1")]
    public void Plugin_IsTaken(string rest) =>
        Access(SampleKubeconfig.Text($"{{exec: {{command: get-token, apiVersion: client.authentication.k8s.io/{rest}}}}}"));

    [Theory]
    [InlineData("{token: t, username: a, password: b}", "only one way to authenticate is allowed")]
    [InlineData("{tokenFile: tok, username: a}", "only one way to authenticate is allowed")]
    [InlineData("{password: b}", "'password' and no 'username'")] // kubectl asks at the terminal
    [InlineData("{token: \"t\\n\"}", "'token' has a line break")]
    [InlineData("{tokenFile: nope}", "'tokenFile' is '/a/nope', which is not there")]
    [InlineData("{as-groups: [g]}", "and no 'as'")]
    [InlineData("{as: '', as-uid: u}", "and no 'as'")]
    [InlineData("{as-user-extra: {a: [b]}}", "and no 'as'")]
    [InlineData("{as: \"joe\\r\\nX: y\"}", "has a line break")]
    [InlineData("{auth-provider: {name: gcp}}", "'auth-provider' ('gcp') is not supported")]
    [InlineData("{token: t, auth-provider: {}}", "'auth-provider' ('') is not supported")]
    [InlineData("{auth-provider: {name: oidc}, exec: {command: x}}", "such as kubelogin")]
    [InlineData("{client-certificate-data: aGVsbG8=}", "a client certificate and no key")]
    [InlineData("{client-key-data: aGVsbG8=}", "a client key and no certificate")] // kubectl asks at the terminal
    [InlineData("{client-certificate-data: aGVsbG8=, client-key-data: aGVsbG8=}", "are no pair")]
    [InlineData("{client-certificate-data: '!', client-key-data: aGVsbG8=}", "'client-certificate-data' is no base64")]
    [InlineData("{client-certificate: nope, client-key-data: aGVsbG8=}", "'client-certificate' is '/a/nope', which is not there")]
    [InlineData("{client-certificate: nope, client-certificate-data: aGVsbG8=, client-key: a}", "'client-certificate-data' are both set")]
    [InlineData("{client-certificate-data: aGVsbG8=, client-key: nope, client-key-data: aGVsbG8=}", "'client-key-data' are both set")]
    [InlineData("{exec: {}}", "'exec' has no 'command'")]
    [InlineData("{exec: {command: x, interactiveMode: Never}}", "'apiVersion' of 'exec' is not set")]
    [InlineData("{exec: {command: x, interactiveMode: Never, apiVersion: client.authentication.k8s.io/v1alpha1}}", "if the plugin is older, update it")]
    [InlineData("{exec: {" + V1 + "command: x}}", "'interactiveMode' of 'exec' is not set; it must be 'Never' or 'IfAvailable'")]
    [InlineData("{exec: {" + V1 + "command: x, interactiveMode: sometimes}}", "'interactiveMode' of 'exec' is 'sometimes'")]
    [InlineData("{exec: {" + V1 + "command: x, interactiveMode: Always}}", "a service has no terminal")]
    [InlineData("{exec: {" + V1 + "command: x, interactiveMode: Never, env: [{value: z}]}}", "an entry without a 'name'")]
    [InlineData("{token: t, as: joe, as-groups: [a, b]}", "'as-groups' has 2 groups")]
    [InlineData("{token: t, as: joe, as-user-extra: {scopes: [a, b]}}", "'scopes' in 'as-user-extra' has several values")]
    public void User_ThatCannotBeUsed_IsRefusedWithItsPlace(string user, string says)
    {
        _machine.Write("/a/tok", "of-file");
        var message = Refused(SampleKubeconfig.Text(user));

        Assert.Contains("user 'u' ('/a/config', line 11)", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "'server' is not set")] // kubectl goes to localhost:8080
    [InlineData("server: ''", "'server' is not set")]
    [InlineData("server: 'ftp://a.test'", "'server' is 'ftp://a.test', which is neither http nor https")]
    [InlineData("server: ' https://a.test'", "which is no URL")]
    [InlineData("server: 'https://a b'", "which is no URL")]
    [InlineData("server: 'https://'", "which is no URL")]
    [InlineData("server: 'https://a.test:99999'", "which is no URL")]
    [InlineData("server: 'a.test:80/x'", "a path and no scheme")]
    [InlineData("server: 'a.test:6443', insecure-skip-tls-verify: true", "has no scheme, so that it is plain HTTP")]
    [InlineData("server: 'https://me:pw@a.test'", "'server' is 'https://…@a.test', which has a user's name")]
    [InlineData("server: 'https://a.test', certificate-authority: nope.crt", "'certificate-authority' is '/a/nope.crt', which is not there")]
    [InlineData("server: 'http://a.test', certificate-authority: nope.crt", "'certificate-authority' is '/a/nope.crt', which is not there")]
    [InlineData("server: 'https://a.test', certificate-authority: tok", "certificate")]
    [InlineData("server: 'https://a.test', certificate-authority-data: '!!'", "'certificate-authority-data' of cluster 'c'")]
    [InlineData("server: 'https://a.test', certificate-authority-data: aGVsbG8=", "'certificate-authority-data' of cluster 'c'")]
    [InlineData("server: 'https://a.test', certificate-authority: tok, certificate-authority-data: aGVsbG8=", "are both set; only one may be")]
    [InlineData("server: 'https://a.test', certificate-authority: tok, insecure-skip-tls-verify: true", "cannot be both trusted")]
    [InlineData("server: 'https://a.test', proxy-url: 'ftp://p.test'", "'proxy-url' must begin with one of 'http://', 'https://', 'socks5://'")]
    [InlineData("server: 'https://a.test', proxy-url: 'p.test:3128'", "'proxy-url' must begin with one of")]
    [InlineData("server: 'https://a.test', proxy-url: 'http://p.test:99999'", "'proxy-url' must be a URL")]
    [InlineData("server: 'https://a.test', proxy-url: 'socks5h://p.test'", "'proxy-url' must begin with one of")]
    public void Cluster_ThatCannotBeUsed_IsRefusedWithTheFile(string cluster, string says)
    {
        _machine.Write("/a/tok", "of-file");
        var message = Refused(SampleKubeconfig.Text(cluster: $"{{{cluster}}}"));

        Assert.StartsWith("The kubeconfig '/a/config' cannot be used: ", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    // kubectl takes the entry without a name, goes on as nobody, or goes to localhost:8080.
    [Theory]
    [InlineData("contexts: [{name: a}, {name: b}]", "'current-context' is not set, so that it does not say which cluster is meant. The contexts are: 'a', 'b'.")]
    [InlineData("users: [{name: a}]", "There are no contexts.")]
    [InlineData("contexts: [{context: {cluster: c}}]", "The contexts are: one without a name.")]
    [InlineData("current-context: x\ncontexts: [{name: a}]", "'current-context' is 'x', and there is no such context. The contexts are: 'a'.")]
    [InlineData("current-context: a\ncontexts: [{name: a}]", "context 'a' ('/a/config', line 2) has no 'cluster'. There are no clusters.")]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: c}}]", "'cluster' of context 'a' ('/a/config', line 2) is 'c', and there is no such cluster")]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c}]", "cluster 'c' ('/a/config', line 3): 'server' is not set")]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\nclusters: [{cluster: {server: x}}]", "The clusters are: one without a name.")]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}]\nclusters: [{name: c}]\nusers: [{name: v}]", "'user' of context 'a' ('/a/config', line 2) is 'u', and there is no such user. The users are: 'v'.")]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: c}}]\nclusters: [{name: c}]\nusers: [{user: {token: t}}]", "has no 'user', and user '' ('/a/config', line 4) has no 'name'")]
    [InlineData("current-context: a\ncontexts: [{name: a, context: {cluster: c, namespace: Team A}}]", "'namespace' of context 'a' ('/a/config', line 2) is 'Team A'; it must be a DNS label")]
    [InlineData("not: [a, kubeconfig", "this is not YAML")]
    public void Context_ThatLeadsNowhere_IsRefusedWithTheFix(string text, string says)
    {
        var message = Refused(text);

        Assert.StartsWith("The kubeconfig '/a/config' cannot be used: ", message, StringComparison.Ordinal);
        Assert.Contains(says, message, StringComparison.Ordinal);
    }

    [Fact]
    public void EntriesThatNobodyUses_AreNotLookedAt() =>
        Access(SampleKubeconfig.Text(rest: "- user: {auth-provider: {name: gcp}, exec: {}}\n"));

    [Fact]
    public void File_ThatMayNotBeRead_IsRefused()
    {
        _machine.Locked.Add("/a/config");

        Assert.Contains("'/a/config' cannot be used: it cannot be read", Refused(""), StringComparison.Ordinal);
    }

    [Fact]
    public void Folder_IsRefused()
    {
        _machine.Folders.Add("/a/config");

        Assert.Contains("'/a/config' cannot be used: it is a directory", Refused(""), StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_AreInNoMessage()
    {
        foreach (var user in (string[])["{token: [hunter2]}", "{token: \"hunter2\\n\"}", "{token: hunter2, password: hunter2}", "{username: [], password: hunter2}"])
            Assert.DoesNotContain("hunter2", Refused(SampleKubeconfig.Text(user)), StringComparison.Ordinal);
    }

    private ServerAccess Access(string text)
    {
        _machine.Kubeconfig(text);
        return new KubernetesConfigurationLocator(() => null, _machine).Find(ClusterSource.Kubeconfig);
    }

    private string Refused(string text) => Assert.Throws<KubeConfigException>(() => Access(text)).Message;

    private static async Task<string?> HeaderAsync(ServerAccess access)
    {
        using var credentials = access.OpenCredentials(TimeProvider.System);
        return (await credentials.GetAsync(Cancel)).Authorization;
    }
}
