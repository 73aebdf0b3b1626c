using k8s;
using LeaseElection.Composition;
using LeaseElection.Connection.Configuration;
using LeaseElection.Tests.Connection.Configuration;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Tests;

/// <summary>Where a Lease is kept, and what is said of it at the start.</summary>
public sealed class KubernetesLeaseKeeperTests
{
    private readonly FakeMachine _machine = new();
    private readonly Lines _lines = new();

    [Fact]
    public void Kubeconfig_OutsideOfAPod_IsAWarning()
    {
        _machine.Kubeconfig(SampleKubeconfig.Text());

        Assert.Equal("team-a/reports", Find().Shown);
        Assert.Equal(
            [
                "36 Warning The election on Lease team-a/reports is held in namespace team-a at https://a.test:6443/, which context 'main' of "
                + "the kubeconfig '/a/config' (KUBECONFIG) names: a person's way into a cluster. This process takes part in the election there, "
                + "and may lead. To keep it out, use UseStandalone() or another kubeconfig",
            ],
            _lines.All);
    }

    [Fact]
    public void Kubeconfig_InAPod_IsSaid_AndThePodsNamespaceIsNotUsed()
    {
        _machine.InPod();
        _machine.Variables["POD_NAMESPACE"] = "blue";
        _machine.Kubeconfig(SampleKubeconfig.Text());

        Assert.Equal("team-a/reports", Find().Shown);
        Assert.Equal(
            [
                "35 Information The election on Lease team-a/reports is held in namespace team-a at https://a.test:6443/, which context 'main' "
                + "of the kubeconfig '/a/config' (KUBECONFIG, which wins over the pod's service account) names",
                "37 Warning The election on Lease team-a/reports is held in namespace team-a, not in blue, the namespace of this pod "
                + "(POD_NAMESPACE): context 'main' of the kubeconfig '/a/config' (KUBECONFIG, which wins over the pod's service account) is for "
                + "another cluster than the pod's. If the replicas elsewhere use another namespace, set Namespace for all of them",
            ],
            _lines.All);
    }

    // Two pods in two namespaces of two clusters, with one configuration for a third cluster, hold one election there.
    [Theory]
    [InlineData("blue")]
    [InlineData("green")]
    public void GivenForAnotherCluster_InAPod_HasItsOwnNamespace(string pods)
    {
        _machine.InPod();
        _machine.Variables["POD_NAMESPACE"] = pods;

        Assert.Equal("central/reports", Find(new() { Host = "https://central.test", Namespace = "central" }).Shown);
        Assert.Equal([35, 37], _lines.Ids);
    }

    [Fact]
    public void ServiceAccount_InAPod_IsSaid()
    {
        _machine.InPod();

        Assert.Equal("jobs/reports", Find().Shown);
        Assert.Equal([35], _lines.Ids);
    }

    [Fact]
    public void KubeconfigThatIsMissing_InAPod_IsNoted()
    {
        _machine.InPod();
        _machine.Variables["KUBECONFIG"] = "/missing";
        Find();

        Assert.Equal([35, 38], _lines.Ids);
        Assert.Equal(
            "38 Warning Of where the election on Lease jobs/reports is held: KUBECONFIG names '/missing', which does not exist, so that it counts "
            + "as not set. Correct it, or unset it.",
            _lines.All[1]);
    }

    [Fact]
    public void Source_IsOfEachElection()
    {
        _machine.InPod();
        _machine.Kubeconfig(SampleKubeconfig.Text());
        var keeper = Keeper(given: null);

        Assert.Equal("jobs/reports", Find(keeper, new() { Source = ClusterSource.Pod }).Shown);
        Assert.Equal("team-a/reports", Find(keeper, new() { Source = ClusterSource.Kubeconfig }).Shown);
    }

    private KeptLease Find(KubernetesClientConfiguration? given = null) => Find(Keeper(given), new());

    private KubernetesLeaseKeeper Keeper(KubernetesClientConfiguration? given) =>
        new(new KubernetesConfigurationLocator(() => given, _machine).Find, _machine);

    private KeptLease Find(KubernetesLeaseKeeper keeper, LeaderElectionOptions options)
    {
        var lease = keeper.Find(new("reports", options, "me", TimeSpan.FromSeconds(2), TimeProvider.System, _lines));
        lease.SayWhere!();
        return lease;
    }

    private sealed class Lines : ILogger
    {
        public List<string> All { get; } = [];

        public List<int> Ids { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Ids.Add(eventId.Id);
            All.Add($"{eventId.Id} {logLevel} {formatter(state, exception)}");
        }
    }
}
