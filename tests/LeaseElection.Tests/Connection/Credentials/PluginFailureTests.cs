using k8s.Exceptions;
using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Kubeconfigs;

namespace LeaseElection.Tests.Connection.Credentials;

/// <summary>What a plugin does wrong, with real processes: each has a message of its own.</summary>
public sealed class PluginFailureTests
{
    private const string Good = """{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"t"}}""";

    [Theory]
    [InlineData("echo 'first'; echo 'Token has expired' >&2; echo 'run: login' >&2; exit 3",
        "the credential plugin '/bin/sh' failed with exit code 3. It said: Token has expired / run: login")]
    [InlineData("exit 1", "failed with exit code 1, and said nothing to its standard error: run it by hand to see why.")]
    [InlineData("printf '\\033[31mred\\033[0m\\a text' >&2; exit 1", "It said: red  text")]
    [InlineData("kill -9 $$", "failed with exit code 137")]
    [InlineData("", "printed nothing")]
    [InlineData("echo; echo", "printed nothing")]
    [InlineData("echo Logged in.; echo '{}'", "printed something that is not JSON (line 1, byte 1)")]
    [InlineData("echo '[]'", "printed JSON that is not an object")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"Secret\"}'",
        "kind 'Secret' instead of 'ExecCredential'")]
    [InlineData("echo '{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"kind\":\"ExecCredential\"}'",
        "answered in apiVersion 'client.authentication.k8s.io/v1beta1', but exec.apiVersion is 'client.authentication.k8s.io/v1'")]
    public async Task Run_Fails_SaysHow(string script, string expected) =>
        Assert.Contains(expected, await FailAsync(script), StringComparison.Ordinal);

    [Theory]
    [InlineData("null", "without a status")]
    [InlineData("{}", "gave neither status.token nor")]
    [InlineData("{\"token\":\"\"}", "gave neither status.token nor")]
    [InlineData("{\"token\":7}", "gave a 'token' that is not a string")]
    [InlineData("{\"token\":\"a b\"}", "that no header can carry")]
    [InlineData("{\"token\":\"t\",\"clientKeyData\":\"k\"}", "status.clientKeyData without status.clientCertificateData")]
    [InlineData("{\"clientCertificateData\":\"c\"}", "status.clientCertificateData without status.clientKeyData")]
    [InlineData("{\"clientCertificateData\":\"c\",\"clientKeyData\":\"k\"}",
        "gave a client certificate that cannot be used: there is no certificate")]
    [InlineData("{\"token\":\"t\",\"expirationTimestamp\":\"tomorrow\"}", "status.expirationTimestamp that is no time")]
    [InlineData("{\"token\":\"t\",\"expirationTimestamp\":1700000000}", "status.expirationTimestamp that is no time")]
    public async Task Answer_IsNoCredential_SaysWhy(string status, string expected)
    {
        var message = await FailAsync(
            $$"""echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{{status}}}'""");

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.StartsWith("the credential plugin '/bin/sh' ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_AreMany_NothingStallsAndTheEndIsTold()
    {
        var message = await FailAsync("i=0; while [ $i -lt 20000 ]; do echo \"line $i of many\" >&2; i=$((i+1)); done; exit 1");

        Assert.EndsWith("line 19998 of many / line 19999 of many", message, StringComparison.Ordinal);
        Assert.True(message.Length < 1000, message);
    }

    [Fact]
    public async Task Errors_BesideAGoodAnswer_ChangeNothing()
    {
        using var folder = new PluginFolder($"echo warning >&2; echo '{Good}'");
        using var provider = folder.Open();

        Assert.Equal("Bearer t", (await provider.GetAsync(TestContext.Current.CancellationToken)).Authorization);
    }

    [Fact]
    public async Task Output_IsEndless_IsEnded() =>
        Assert.Contains("printed more than 1 MiB and was ended", await FailAsync("exec yes"), StringComparison.Ordinal);

    [Fact]
    public async Task Program_IsMissing_SaysSoWithTheInstallHint()
    {
        var entry = new ExecEntry
        {
            ApiVersion = PluginFolder.V1,
            Command = "no-such-plugin",
            InteractiveMode = "Never",
            InstallHint = "Get it at\nhttps://plugin.test\u001b[0m.",
        };

        Assert.Equal(
            "the credential plugin 'no-such-plugin' was not found on PATH: install it where this service runs, or correct exec.command. "
            + "Get it at https://plugin.test.",
            await FailAsync("", entry));
        var byPath = await FailAsync("", entry with { Command = "/no/such/plugin" });
        Assert.Contains("'/no/such/plugin' does not exist", byPath, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_CannotBeRun_SaysSo()
    {
        using var folder = new PluginFolder();
        folder.Write("data", "no program");

        var message = await FailAsync("", folder.Entry() with { Command = folder["data"] });

        Assert.Contains("could not be started", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authority_ForThePluginIsMissing_NamesFileAndCluster()
    {
        using var folder = new PluginFolder();
        using var provider = folder.Open(
            folder.Entry() with { ProvideClusterInfo = true }, PluginFolder.Cluster with { Authority = "/no/such/ca.crt" });

        var error = await Assert.ThrowsAsync<CredentialException>(
            async () => await provider.GetAsync(TestContext.Current.CancellationToken));

        Assert.Contains(
            "the cluster 'the-cluster', whose certificate-authority '/no/such/ca.crt' cannot be read",
            error.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, PluginFolder.V1, "Never", "exec.command is not set")]
    [InlineData("x", null, "Never", "exec.apiVersion is not set")]
    [InlineData("x", "client.authentication.k8s.io/v1alpha1", "Never", "exec.apiVersion is 'client.authentication.k8s.io/v1alpha1'")]
    [InlineData("x", PluginFolder.V1, null, "exec.interactiveMode is not set")]
    [InlineData("x", PluginFolder.V1Beta1, "Sometimes", "exec.interactiveMode is 'Sometimes'")]
    [InlineData("x", PluginFolder.V1, "Always", "a service has no terminal")]
    public void Entry_BreaksARule_IsRefusedAtOnce(string? command, string? version, string? mode, string expected)
    {
        using var folder = new PluginFolder();
        var entry = new ExecEntry { Command = command, ApiVersion = version, InteractiveMode = mode };

        var error = Assert.Throws<KubeConfigException>(() => folder.Open(entry));

        Assert.StartsWith("The user 'the-user' in /etc/kubeconfig: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PluginFolder.V1Beta1, null)]
    [InlineData(PluginFolder.V1, "IfAvailable")]
    public void Entry_KeepsTheRules_IsTaken(string version, string? mode)
    {
        using var folder = new PluginFolder();
        folder.Open(new() { Command = "x", ApiVersion = version, InteractiveMode = mode }).Dispose();
    }

    private static async Task<string> FailAsync(string script, ExecEntry? entry = null)
    {
        using var folder = new PluginFolder(script);
        using var provider = folder.Open(entry);
        return (await Assert.ThrowsAsync<CredentialException>(
            async () => await provider.GetAsync(TestContext.Current.CancellationToken))).Message;
    }
}
