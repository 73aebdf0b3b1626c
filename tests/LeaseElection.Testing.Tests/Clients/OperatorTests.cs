namespace LeaseElection.Testing.Tests.Clients;

/// <summary>Somebody with kubectl and the kubeconfig that the server writes: all that he can do is the administrator's.</summary>
public sealed class OperatorTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leaseelection-");
    private LeaseApiServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Kubeconfig => Path.Combine(_folder.FullName, "kubeconfig");

    public async ValueTask InitializeAsync() => _server = await LeaseApiServer.StartAsync(cancellationToken: Cancel);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WriteKubeconfig_OverTlsOrPlain_KubectlReachesTheServer(bool tls)
    {
        await using var server = await LeaseApiServer.StartAsync(new() { UseTls = tls, RequireToken = true }, Cancel);
        await server.WriteKubeconfigAsync(Kubeconfig, cancellationToken: Cancel);

        Assert.Contains("v1.36.2", await SaysAsync("version"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteKubeconfig_OfAUserInANamespace_KubectlIsThatUserThere()
    {
        _server.CreateNamespace("blue");
        await _server.WriteKubeconfigAsync(Kubeconfig, _server.AddUser("alice", "create"), "blue", Cancel);
        var result = await new Kubectl(Kubeconfig).RunAsync(["get", "leases"]);

        Assert.Equal(
            "Error from server (Forbidden): leases.coordination.k8s.io is forbidden: User \"alice\" cannot list resource \"leases\" in API group \"coordination.k8s.io\" in the namespace \"blue\"\n",
            result.Errors);
    }

    [Fact]
    public async Task ApiResources_Asked_AreNamespacesAndLeases()
    {
        await _server.WriteKubeconfigAsync(Kubeconfig, cancellationToken: Cancel);

        Assert.Equal("leases.coordination.k8s.io\nnamespaces\n", await SaysAsync("api-resources", "-o", "name", "--sort-by", "name"));
    }

    [Fact]
    public async Task Namespaces_CreatedAndListed_AreThere()
    {
        await _server.WriteKubeconfigAsync(Kubeconfig, cancellationToken: Cancel);

        // From a manifest: `kubectl create namespace` of 1.32 sends protobuf, which this server cannot read.
        var manifest = Path.Combine(Path.GetDirectoryName(Kubeconfig)!, "blue.json");
        await File.WriteAllTextAsync(manifest, """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"blue"}}""", Cancel);

        Assert.Equal("namespace/blue created\n", await SaysAsync("create", "-f", manifest));
        Assert.Matches("^NAME +STATUS +AGE\nblue +Active +\\d+s\ndefault +Active +\\d+s\n", await SaysAsync("get", "namespaces"));
        Assert.Equal("namespace \"blue\" deleted\n", await SaysAsync("delete", "namespace", "blue"));
    }

    [Fact]
    public async Task Get_InAllNamespaces_ShowsThemAll()
    {
        await _server.WriteKubeconfigAsync(Kubeconfig, cancellationToken: Cancel);
        using var client = _server.CreateClient();
        await new SomeoneElse(client, "default", "a").CreateHeldAsync("b", 15, Cancel);
        await new SomeoneElse(client, "kube-system", "c").CreateHeldAsync("d", 15, Cancel);

        Assert.Matches(
            "^NAMESPACE +NAME +HOLDER +AGE\ndefault +a +b +\\d+s\nkube-system +c +d +\\d+s\n$", await SaysAsync("get", "leases", "-A"));
        Assert.Equal("lease.coordination.k8s.io \"a\" deleted\n", await SaysAsync("delete", "leases", "--all"));
    }

    [Fact]
    public async Task Describe_ALease_ShowsItsSpec()
    {
        await _server.WriteKubeconfigAsync(Kubeconfig, cancellationToken: Cancel);
        using var client = _server.CreateClient();
        await new SomeoneElse(client, "default", "a").CreateHeldAsync("b", 15, Cancel);

        Assert.Matches("Holder Identity: +b\n", await SaysAsync("describe", "lease", "a"));
    }

    private async Task<string> SaysAsync(params IReadOnlyList<string> arguments)
    {
        var result = await new Kubectl(Kubeconfig).RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"kubectl {string.Join(' ', arguments)}: {result}");
        return result.Output;
    }
}
