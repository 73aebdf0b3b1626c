using System.Text.Json;
using LeaseElection.Connection.Credentials;
using LeaseElection.Connection.Kubeconfigs;
using LeaseElection.Connection.Machine;

namespace LeaseElection.Tests.Connection.Credentials;

/// <summary>What a plugin is given, with real processes.</summary>
public sealed class PluginRunTests : IDisposable
{
    private const string Tell = """
        for argument in "$@"; do printf '[%s]\n' "$argument"; done > arguments
        printf '%s' "$KUBERNETES_EXEC_INFO" > info
        env > environment
        cat > input
        pwd > folder
        cat answer
        """;

    private readonly PluginFolder _folder = new(Tell);

    [Fact]
    public async Task Token_IsABearerToken()
    {
        using var provider = _folder.Open();

        Assert.Equal(new Credential("Bearer first"), await provider.GetAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Arguments_AreTheListAsItIs()
    {
        await RunAsync(_folder.Entry("--a=x y", "z", "--q=\"x\"", "", "$HOME", "it's", "back\\slash\\", "*", "two\nlines"));

        Assert.Equal("[--a=x y]\n[z]\n[--q=\"x\"]\n[]\n[$HOME]\n[it's]\n[back\\slash\\]\n[*]\n[two\nlines]\n", _folder.Read("arguments"));
    }

    [Fact]
    public async Task Environment_IsOursAndWhatIsDeclared_TheLastWins()
    {
        await RunAsync(_folder.Entry() with
        {
            Environment =
            [
                new("LANG", "one"), new("PLUGIN_SAYS", "a b=\"c\""), new("LANG", "two"), new("KUBERNETES_EXEC_INFO", "not this"),
            ],
        });

        var environment = _folder.Read("environment").Split('\n');
        Assert.Contains("LANG=two", environment);
        Assert.Contains("PLUGIN_SAYS=a b=\"c\"", environment);
        Assert.Contains($"PATH={Environment.GetEnvironmentVariable("PATH")}", environment);
        Assert.DoesNotContain("not this", _folder.Read("info"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_IsEmpty()
    {
        await RunAsync(_folder.Entry());

        Assert.Equal("", _folder.Read("input"));
    }

    [Theory]
    [InlineData(PluginFolder.V1)]
    [InlineData(PluginFolder.V1Beta1)]
    public async Task ExecInfo_SaysTheVersionAndThatNobodyIsThere(string version)
    {
        _folder.Write("answer", $$$"""{"kind":"ExecCredential","apiVersion":"{{{version}}}","status":{"token":"t"}}""");

        await RunAsync(_folder.Entry() with { ApiVersion = version });

        AssertJson($$$"""{"kind":"ExecCredential","apiVersion":"{{{version}}}","spec":{"interactive":false}}""");
    }

    [Fact]
    public async Task ExecInfo_ProvideClusterInfo_TellsAllOfTheCluster()
    {
        _folder.Write("ca.crt", "authority");
        var cluster = PluginFolder.Cluster with
        {
            TlsServerName = "name.test",
            Authority = _folder["ca.crt"],
            ProxyUrl = "socks5://proxy.test:1080",
            DisableCompression = true,
            ExecConfig = """{"audience":"a","list":[1,{"x":null}]}""",
        };

        await RunAsync(_folder.Entry() with { ProvideClusterInfo = true }, cluster);

        AssertJson($$$"""
            {"kind":"ExecCredential","apiVersion":"{{{PluginFolder.V1}}}","spec":{"cluster":{"server":"https://api.test:6443",
            "tls-server-name":"name.test","certificate-authority-data":"YXV0aG9yaXR5","proxy-url":"socks5://proxy.test:1080",
            "disable-compression":true,"config":{"audience":"a","list":[1,{"x":null}]}},"interactive":false}}
            """);
    }

    [Fact]
    public async Task ExecInfo_ClusterWithData_TellsTheDataAndInsecure()
    {
        var cluster = PluginFolder.Cluster with { AuthorityData = "YXV0\nb3JpdHk=", SkipTlsVerify = true };

        await RunAsync(_folder.Entry() with { ProvideClusterInfo = true }, cluster);

        AssertJson($$$"""
            {"kind":"ExecCredential","apiVersion":"{{{PluginFolder.V1}}}","spec":{"cluster":{"server":"https://api.test:6443",
            "insecure-skip-tls-verify":true,"certificate-authority-data":"YXV0b3JpdHk=","config":null},"interactive":false}}
            """);
    }

    [Fact]
    public async Task Command_AName_IsFoundOnPathAlone()
    {
        // Not in a relative folder of PATH, and not what cannot be run.
        Directory.CreateDirectory(_folder["text"]);
        Directory.CreateDirectory(_folder["bin"]);
        File.WriteAllText(_folder["text/my-plugin"], "no program");
        File.CreateSymbolicLink(_folder["bin/my-plugin"], "/bin/sh");

        await RunAsync(_folder.Entry() with { Command = "my-plugin" }, machine: new PathOf($".::{_folder["text"]}:{_folder["bin"]}"));

        Assert.True(File.Exists(_folder["arguments"]));
    }

    [Fact]
    public async Task Folder_IsTheServices()
    {
        using var own = new PluginFolder("cat answer");
        own.Write("script", $"pwd > '{own["folder"]}'; cat '{own["answer"]}'");
        using var provider = own.Open();

        await provider.GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Environment.CurrentDirectory, own.Read("folder").TrimEnd('\n'));
    }

    public void Dispose() => _folder.Dispose();

    private async Task RunAsync(ExecEntry entry, ClusterEntry? cluster = null, ISystemEnvironment? machine = null)
    {
        using var provider = _folder.Open(entry, cluster, machine);
        await provider.GetAsync(TestContext.Current.CancellationToken);
    }

    private void AssertJson(string expected)
    {
        using var wanted = JsonDocument.Parse(expected);
        using var told = JsonDocument.Parse(_folder.Read("info"));
        Assert.True(JsonElement.DeepEquals(wanted.RootElement, told.RootElement), _folder.Read("info"));
    }

    private sealed class PathOf(string path) : ISystemEnvironment
    {
        public string Home => SystemEnvironment.This.Home;

        public string? Variable(string name) => name == "PATH" ? path : SystemEnvironment.This.Variable(name);

        public bool HasFile(string path) => SystemEnvironment.This.HasFile(path);

        public bool HasProgram(string path) => SystemEnvironment.This.HasProgram(path);

        public byte[] ReadFile(string path) => SystemEnvironment.This.ReadFile(path);
    }
}
