using k8s.Exceptions;
using LeaseElection.Leases.Kubernetes;
using SingletonWorker;

namespace LeaseElection.Testing.Tests.Example;

/// <summary>The example must not play a cluster of its own where the library finds one, or would say what is wrong with one.</summary>
public sealed class ClusterTests
{
    private const string Home = "/home/someone";

    private static readonly string HomeKubeconfig = Path.Combine(Home, ".kube", "config");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" :\"\": ")]
    public void Find_NothingConfigured_IsNull(string? kubeconfig)
    {
        var machine = new FakeMachine { ["KUBECONFIG"] = kubeconfig };

        Assert.Null(machine.Find());
        Assert.Contains("No Kubernetes configuration was found", machine.WhatTheLibrarySays(), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_KubeconfigNamed_NamesItEvenIfItDoesNotExist()
    {
        var machine = new FakeMachine { ["KUBECONFIG"] = "/nowhere" };

        Assert.Equal("that of KUBECONFIG (/nowhere)", machine.Find());
        Assert.Contains("'/nowhere', which does not exist", machine.WhatTheLibrarySays(), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_KubeconfigAtHome_NamesIt()
    {
        var machine = new FakeMachine { Files = { HomeKubeconfig } };

        Assert.Equal($"that of {HomeKubeconfig}", machine.Find());
        Assert.Contains($"The kubeconfig '{HomeKubeconfig}'", machine.WhatTheLibrarySays(), StringComparison.Ordinal);
    }

    // A pod without a service account's token: a replica that plays alone would be worse than one that fails and says what is missing.
    [Fact]
    public void Find_InAPodWithoutAToken_IsTheCluster()
    {
        var machine = new FakeMachine { ["KUBERNETES_SERVICE_HOST"] = "10.0.0.1", ["KUBERNETES_SERVICE_PORT"] = "443" };

        Assert.Equal("the one that this process runs in (KUBERNETES_SERVICE_HOST is set)", machine.Find());
        Assert.Contains("/token does not exist", machine.WhatTheLibrarySays(), StringComparison.Ordinal);
    }

    private sealed class FakeMachine : IMachine
    {
        private readonly Dictionary<string, string?> _variables = [];

        public HashSet<string> Files { get; } = [];

        string IMachine.Home => Home;

        public string? this[string variable]
        {
            set => _variables[variable] = value;
        }

        public string? Variable(string name) => _variables.GetValueOrDefault(name);

        public bool HasFile(string path) => Files.Contains(path);

        public byte[] ReadFile(string path) => [];

        public string? Find() => Cluster.Find(Variable, HasFile, Home);

        public string WhatTheLibrarySays() =>
            Assert.Throws<KubeConfigException>(() => KubernetesConfigurationLocator.Locate(given: null, this)).Message;
    }
}
