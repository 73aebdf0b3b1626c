using System.Text;
using k8s.Exceptions;
using LeaseElection.Connection.Kubeconfigs;
using LeaseElection.Connection.Kubeconfigs.Reading;

namespace LeaseElection.Tests.Connection;

/// <summary>What a file says. Each odd form is read, or refused, as kubectl 1.33 did when it was asked.</summary>
public sealed class KubeconfigReaderTests
{
    private const string Users = "users: [{name: u, user: ";

    [Fact]
    public void Read_Everything_IsInTheModel()
    {
        var file = Read("""
            # As kubectl config writes it, and more.
            apiVersion: v1
            kind: Config
            preferences: {}
            current-context: "main"
            contexts:
            - name: main
              context: {cluster: c1, user: u1, namespace: team-a, extensions: [{name: x, extension: {any: thing}}]}
            - name: other
              context:
                cluster: c2
            clusters:
            - name: c1
              cluster:
                server: https://a.test:6443
                tls-server-name: kubernetes
                certificate-authority: ca.crt
                insecure-skip-tls-verify: false
                disable-compression: true
                proxy-url: socks5://proxy.test
                extensions:
                - name: other
                - name: client.authentication.k8s.io/exec
                  extension: {audience: "7", count: 7, nothing: ~, deep: [true, 1.5, {a: b}]}
            - name: c2
              cluster: {server: 'https://b.test', certificate-authority-data: bm90, insecure-skip-tls-verify: true}
            users:
            - name: u1
              user:
                token: "0123"
                tokenFile: ../token
                client-certificate: me.crt
                client-key: /k/me.key
                client-certificate-data: YQ==
                client-key-data: Yg==
            - name: u2
              user:
                username: someone
                password: ~
                as: root
                as-uid: "0"
                as-groups: [a, b]
                as-user-extra: {scopes: [x, z], empty: []}
            - name: u3
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1beta1
                  command: ./bin/get-token
                  args: ["--a=x y", --cluster, "7", "", '--q="x"']
                  env:
                  - name: REGION
                    value: eu
                  - {name: EMPTY}
                  installHint: >
                    Install it
                    first.
                  provideClusterInfo: true
                  interactiveMode: Never
            - name: u4
              user: {auth-provider: {name: oidc, config: {client-id: me}}, exec: {command: get-token}}
            """);

        Assert.Equal("main", file.CurrentContext);
        Assert.Equal(
            [("main", "c1", "u1", "team-a", 7), ("other", "c2", null, null, 9)],
            file.Contexts.Select(c => (c.Name, c.Cluster, c.User, c.Namespace, c.Line)));
        Assert.Equal(
            [
                new ClusterEntry("/k/config", "c1")
                {
                    Line = 13, Server = "https://a.test:6443", TlsServerName = "kubernetes", Authority = "/k/ca.crt", DisableCompression = true,
                    ProxyUrl = "socks5://proxy.test",
                    ExecConfig = """{"audience":"7","count":7,"nothing":null,"deep":[true,1.5,{"a":"b"}]}""",
                },
                new ClusterEntry("/k/config", "c2") { Line = 25, Server = "https://b.test", AuthorityData = "bm90", SkipTlsVerify = true },
            ],
            file.Clusters);
        var (u1, u2, u3, u4) = (file.Users[0], file.Users[1], file.Users[2], file.Users[3]);
        Assert.Equal(("0123", "/token", "/k/me.crt", "/k/me.key"), (u1.Token, u1.TokenFile, u1.ClientCertificate, u1.ClientKey));
        Assert.Equal(("YQ==", "Yg=="), (u1.ClientCertificateData, u1.ClientKeyData));
        Assert.Equal(("someone", null, "root", "0"), (u2.UserName, u2.Password, u2.As, u2.AsUid));
        Assert.Equal(["a", "b"], u2.AsGroups);
        Assert.Equal(["scopes=x,z", "empty="], u2.AsUserExtra.Select(e => $"{e.Key}={string.Join(',', e.Value)}"));
        var exec = u3.Exec!;
        Assert.Equal(("client.authentication.k8s.io/v1beta1", "/k/bin/get-token", "Never"), (exec.ApiVersion, exec.Command, exec.InteractiveMode));
        Assert.Equal(["--a=x y", "--cluster", "7", "", "--q=\"x\""], exec.Arguments);
        Assert.Equal([new("REGION", "eu"), new("EMPTY", "")], exec.Environment);
        Assert.Equal(("Install it first.\n", true), (exec.InstallHint, exec.ProvideClusterInfo));
        Assert.Equal(("oidc", "get-token"), (u4.AuthProvider, u4.Exec!.Command));
    }

    // What kubectl has for users, in "config view --raw -o json".
    [Theory]
    [InlineData("JSON", """{"apiVersion": "v1", "kind": "Config", "users": [{"name": "u", "user": {"token": "t"}}], "clusters": null}""", "t")]
    [InlineData("no kind", Users + "{token: t}}]", "t")]
    [InlineData("CRLF", "kind: Config\r\nusers:\r\n- name: u\r\n  user:\r\n    token: t\r\n", "t")]
    [InlineData("BOM", "\uFEFFkind: Config\n" + Users + "{token: t}}]", "t")]
    [InlineData("fields that nobody knows", "colours: [1, {2: 3}]\n" + Users + "{token: t, Token: x, expires: 5}}]", "t")]
    [InlineData("equal keys", Users + "{token: s, token: t}}]", "t")]
    [InlineData("a second document", Users + "{token: t}}]\n---\nusers: []\n", "t")]
    [InlineData("words after JSON", "{\"users\": [{\"name\": \"u\", \"user\": {\"token\": \"t\"}}]} and more", "t")]
    [InlineData("merge", "x: &d {token: t, username: m}\n" + Users + "{<<: *d}}]", "t/m")]
    [InlineData("merge before", "x: &d {token: s, username: m}\n" + Users + "{<<: *d, token: t}}]", "t/m")]
    [InlineData("merge after", "x: &d {token: t, username: m}\n" + Users + "{token: s, <<: *d}}]", "t/m")]
    [InlineData("merge of a list", "x: &d {token: t}\ny: &e {token: s, username: m}\n" + Users + "{<<: [*d, *e]}}]", "t/m")]
    [InlineData("merge in place", Users + "{<<: {token: t}}}]", "t")]
    [InlineData("quoted merge", "x: &d {token: s}\n" + Users + "{token: t, \"<<\": *d}}]", "t")]
    [InlineData("alias", "x: &t t\n" + Users + "{token: *t}}]", "t")]
    [InlineData("null", Users + "{token: ~}}]", "")]
    [InlineData("null user", Users + "null}]", "")]
    [InlineData("no user", "users: [{name: u}]", "")]
    [InlineData("date", Users + "{token: 2024-01-01}}]", "2024-01-01")]
    [InlineData("time", Users + "{token: 12:30:45}}]", "12:30:45")]
    [InlineData("address", Users + "{token: 10.0.0.1}}]", "10.0.0.1")]
    [InlineData("half a number", Users + "{token: 1e}}]", "1e")]
    [InlineData("long hexadecimal", Users + "{token: 0x0123456789abcdef0123}}]", "0x0123456789abcdef0123")]
    [InlineData("tagged", Users + "{token: !!str 12}}]", "12")]
    [InlineData("custom tag", Users + "{token: !mine 12}}]", "12")]
    [InlineData("binary", Users + "{token: !!binary aGVsbG8=}}]", "hello")]
    public void Read_FormThatKubectlTakes_IsRead(string form, string text, string expected)
    {
        _ = form;
        var user = Assert.Single(Read(text).Users);

        Assert.Equal(("u", expected), (user.Name, user.UserName is null ? user.Token ?? "" : $"{user.Token}/{user.UserName}"));
    }

    [Theory]
    [InlineData("yes", true)]
    [InlineData("On", true)]
    [InlineData("TRUE", true)]
    [InlineData("n", false)]
    [InlineData("~", false)]
    public void Read_Flag_AsYaml11Has(string text, bool expected) =>
        Assert.Equal(
            expected, Assert.Single(Read($"clusters: [{{name: c, cluster: {{insecure-skip-tls-verify: {text}}}}}]").Clusters).SkipTlsVerify);

    [Fact]
    public void Read_KeysThatAreNoText_AreTexts() =>
        Assert.Equal(
            ["1=a", "true=b", "16=c"],
            Read(Users + "{as-user-extra: {1: [a], yes: [b], 0x10: [c]}}}]").Users[0].AsUserExtra.Select(e => $"{e.Key}={e.Value[0]}"));

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void Read_AnyUnicode_IsRead(string name)
    {
        var encoding = Encoding.GetEncoding(name);

        Assert.Equal("é", KubeconfigReader.Read([.. encoding.GetPreamble(), .. encoding.GetBytes("current-context: é\n")], "/k/config").CurrentContext);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("---\n")]
    [InlineData("null\n")]
    [InlineData("apiVersion: v1\nkind: Config\nclusters: null\ncontexts: []\n")]
    public void Read_Nothing_IsAnEmptyConfiguration(string text) => Assert.True(Read(text).IsEmpty);

    [Theory]
    [InlineData("hello", "the file (line 1) is text; it must be a mapping")]
    [InlineData("- a list", "the file (line 1) is a list; it must be a mapping")]
    [InlineData("kind: Pod", "'kind' is 'Pod'; it must be 'Config'")]
    [InlineData("apiVersion: v2", "'apiVersion' is 'v2'; it must be 'v1'")]
    [InlineData("apiVersion: 1", "'apiVersion' (line 1) is a number; it must be text: put quotes around it")]
    [InlineData("users: me", "'users' (line 1) is text; it must be a list")]
    [InlineData("users: {name: me}", "'users' (line 1) is a mapping; it must be a list")]
    [InlineData("\nusers: [me]", "an entry of 'users' (line 2) is text; it must be a mapping")]
    [InlineData("current-context: [a]", "'current-context' (line 1) is a list; it must be text")]
    [InlineData("contexts:\n- name: a\n  context: [b]", "'context' of context 'a' (line 3) is a list; it must be a mapping")]
    [InlineData(Users + "{token: 123}}]", "'token' of user 'u' (line 1) is a number; it must be text: put quotes around it")]
    [InlineData(Users + "{token: 0x1F}}]", "'token' of user 'u' (line 1) is a number")]
    [InlineData(Users + "{token: 0o17}}]", "'token' of user 'u' (line 1) is a number")]
    [InlineData(Users + "{token: 1_000}}]", "'token' of user 'u' (line 1) is a number")]
    [InlineData(Users + "{token: 12e3}}]", "'token' of user 'u' (line 1) is a number")]
    [InlineData(Users + "{token: .inf}}]", "'token' of user 'u' (line 1) is a number")]
    [InlineData(Users + "{token: on}}]", "'token' of user 'u' (line 1) is true or false")]
    [InlineData(Users + "{as-groups: g}}]", "'as-groups' of user 'u' (line 1) is text; it must be a list")]
    [InlineData(Users + "{as-user-extra: {a: b}}}]", "'a' in 'as-user-extra' of user 'u' (line 1) is text; it must be a list")]
    [InlineData("users: [{name: 1}]", "'name' in 'users' (line 1) is a number")]
    [InlineData("clusters: [{name: a, cluster: {insecure-skip-tls-verify: \"true\"}}]", "'insecure-skip-tls-verify' of cluster 'a' (line 1) is text; it must be true or false")]
    [InlineData("clusters: [{name: a, cluster: {insecure-skip-tls-verify: 1}}]", "'insecure-skip-tls-verify' of cluster 'a' (line 1) is a number")]
    [InlineData("users:\n- name: a\n- name: a\n", "'users' has two entries with the name 'a' (lines 2 and 3)")]
    [InlineData("users: [{user: {}}, {user: {}}]", "'users' has two entries with the name ''")]
    [InlineData(Users + "{<<: hello}}]", "line 1: the value of a merge key '<<' must be a mapping")]
    [InlineData(Users + "{<<: ~}}]", "line 1: the value of a merge key '<<' must be a mapping")]
    [InlineData("x: &a [*a]", "line 1: what the anchor '&a' names contains itself")]
    [InlineData("x: *a", "line 1: the alias '*a' has no anchor")]
    [InlineData("? {a: b}\n: c", "line 1: the name of a field must be text")]
    [InlineData("? ~\n: c", "line 1: the name of a field must be text")]
    [InlineData("\nnot: [a, kubeconfig", "this is not YAML")]
    [InlineData("a: b\n\tc: d", "this is not YAML")]
    [InlineData("users:\n- name: u\n  user: {exec: {command:|\n x, args: [a], env: [{name: a, value: b}]}}\n", "this is not YAML")] // kubectl takes it; YamlDotNet slips
    [InlineData("a: b\nc: \"\u0001\"", "line 2 has the control character U+0001")]
    [InlineData("a: !!binary '!'", "line 1: what is tagged !!binary is no base64")]
    public void Read_AnotherShape_SaysWhichFieldAndWhereAndTheFix(string text, string says) =>
        Assert.Contains(says, Assert.Throws<KubeConfigException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NoText_IsRefused()
    {
        var error = Assert.Throws<KubeConfigException>(() => KubeconfigReader.Read([(byte)'a', (byte)':', (byte)' ', 0xff], "/k/config"));

        Assert.Contains("not text in UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DeepNesting_IsRefused() =>
        Assert.Contains("nested more than", Assert.Throws<KubeConfigException>(() => Read(new string('[', 20_000))).Message, StringComparison.Ordinal);

    // Nine lists of nine aliases each: a billion items, if somebody wrote them out.
    [Fact]
    public void Read_AliasesOfAliases_AreNotWrittenOut()
    {
        var text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 10; i++)
            text.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n");

        Assert.True(Read(text.ToString()).IsEmpty);
        text.Append("clusters: [{name: c, cluster: {extensions: [{name: client.authentication.k8s.io/exec, extension: *a9}]}}]");
        Assert.Contains("more than", Assert.Throws<KubeConfigException>(() => Read(text.ToString())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ExecExtension_IsJson()
    {
        var file = Read(
            "clusters: [{name: c, cluster: {extensions: [~, {name: client.authentication.k8s.io/exec, "
            + "extension: {a: 012, b: [off], c: 0b11, d: 1_000, e: 1.50, f: -7, g: 08}}]}}]");

        Assert.Equal("""{"a":10,"b":[false],"c":3,"d":1000,"e":1.5,"f":-7,"g":8}""", file.Clusters[0].ExecConfig);
    }

    private static KubeconfigFile Read(string text) => KubeconfigReader.Read(Encoding.UTF8.GetBytes(text), "/k/config");
}
