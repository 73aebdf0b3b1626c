using System.Text;
using System.Text.Json;
using k8s;
using k8s.Exceptions;
using LeaseElection.Connection.Configuration;

namespace LeaseElection.Tests.Connection;

/// <summary>A kubeconfig is read as KubernetesClient's own reader reads it, but without reflection.</summary>
public sealed class KubeconfigReaderTests
{
    private const string Everything = """
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
            user: u2
        clusters:
        - name: c1
          cluster:
            server: https://a.test:6443
            tls-server-name: kubernetes
            certificate-authority: ca.crt
            insecure-skip-tls-verify: false
        - name: c2
          cluster: {server: 'https://b.test', certificate-authority-data: bm90, insecure-skip-tls-verify: true}
        users:
        - name: u1
          user: {token: "0123", client-certificate: me.crt, client-key: me.key, client-certificate-data: YQ==, client-key-data: Yg==}
        - name: u2
          user:
            username: someone
            password: ~
            as: root
            as-groups: [a, b]
        - name: u3
          user:
            exec:
              apiVersion: client.authentication.k8s.io/v1beta1
              command: get-token
              args: [--cluster, "7"]
              env:
              - name: REGION
                value: eu
              installHint: >
                Install it
                first.
              provideClusterInfo: true
        - name: u4
          user: {auth-provider: {name: oidc, config: {client-id: me, idp-issuer-url: https://idp.test}}}
        """;

    [Theory]
    [InlineData(Everything)]
    [InlineData("{\"apiVersion\": \"v1\", \"current-context\": \"a\", \"contexts\": [{\"name\": \"a\", \"context\": {\"cluster\": \"c\", \"user\": \"\"}}], \"clusters\": [], \"users\": null}")]
    [InlineData("current-context: null\nunknown: [1, {2: 3}]\nusers: [{name: x}]\nclusters: [{name: y, cluster: }]\ncontexts: [{name: z}]")]
    public void Read_AnyFile_SaysWhatKubernetesClientsReaderSays(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        var theirs = KubernetesClientConfiguration.LoadKubeConfig(stream);
        var ours = KubeconfigReader.Read(Encoding.UTF8.GetBytes(text));

        Assert.Equal(
            Said(theirs.CurrentContext, theirs.Contexts, theirs.Clusters, theirs.Users),
            Said(ours.CurrentContext, ours.Contexts, ours.Clusters, ours.Users));
    }

    [Theory]
    [InlineData("- a list", "the file (line 1) must be a mapping")]
    [InlineData("users: me", "'users' (line 1) must be a list")]
    [InlineData("\nusers: [me]", "an entry of 'users' (line 2) must be a mapping")]
    [InlineData("current-context: [a]", "'current-context' (line 1) must be a text")]
    [InlineData(
        "clusters: [{name: a, cluster: {insecure-skip-tls-verify: perhaps}}]",
        "'insecure-skip-tls-verify' is 'perhaps'; it must be true or false")]
    public void Read_AnotherShape_SaysWhichFieldAndWhere(string text, string says) =>
        Assert.StartsWith(
            says, Assert.Throws<KubeConfigException>(() => KubeconfigReader.Read(Encoding.UTF8.GetBytes(text))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    public void Read_Nothing_IsAnEmptyConfiguration(string text) =>
        Assert.Null(KubeconfigReader.Read(Encoding.UTF8.GetBytes(text)).CurrentContext);

    // Lists that are absent and lists that are empty are the same; extensions are nobody's business here.
    private static string Said(params object?[] parts) =>
        JsonSerializer.Serialize(parts.Select(p => p ?? Array.Empty<string>()))
            .Replace("\"Extensions\":[{\"Name\":\"x\",\"Extension\":{\"any\":\"thing\"}}]", "\"Extensions\":null", StringComparison.Ordinal)
            .Replace("\"EnvironmentVariables\":null", "\"EnvironmentVariables\":[]", StringComparison.Ordinal);
}
