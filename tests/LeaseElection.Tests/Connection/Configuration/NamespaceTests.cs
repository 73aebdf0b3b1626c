using LeaseElection.Connection;
using LeaseElection.Connection.Configuration;

namespace LeaseElection.Tests.Connection.Configuration;

/// <summary>The namespace comes from where the server does.</summary>
public sealed class NamespaceTests
{
    private readonly FakeMachine _machine = new();

    // Of a pod in namespace "jobs" by its account, whose cluster's server is https://10.0.0.1:6443.
    [Theory]
    [InlineData("option wins", "option", AccessKind.Pod, "https://10.0.0.1:6443", null, "pod", "option", null)]
    [InlineData("the pod's own cluster", null, AccessKind.Pod, "https://10.0.0.1:6443", null, "pod", "pod", null)]
    [InlineData("no POD_NAMESPACE", " ", AccessKind.Pod, "https://10.0.0.1:6443", null, null, "jobs", null)]
    [InlineData("empty POD_NAMESPACE", null, AccessKind.Pod, "https://10.0.0.1:6443", null, "", "jobs", null)]
    [InlineData("kubeconfig", null, AccessKind.Kubeconfig, "https://a.test", "team-a", null, "team-a", null)]
    [InlineData("kubeconfig without", null, AccessKind.Kubeconfig, "https://a.test", null, null, "default", null)]
    [InlineData("kubeconfig, and another POD_NAMESPACE", null, AccessKind.Kubeconfig, "https://a.test", "team-a", "pod", "team-a", "pod")]
    [InlineData("kubeconfig without, and POD_NAMESPACE", null, AccessKind.Kubeconfig, "https://a.test", null, "pod", "default", "pod")]
    [InlineData("kubeconfig, and the same POD_NAMESPACE", null, AccessKind.Kubeconfig, "https://a.test", "team-a", "team-a", "team-a", null)]
    [InlineData("kubeconfig, and option", "option", AccessKind.Kubeconfig, "https://a.test", "team-a", "pod", "option", null)]
    [InlineData("given for another cluster", null, AccessKind.Given, "https://a.test", "team-a", "pod", "team-a", "pod")]
    [InlineData("given for another cluster, without", null, AccessKind.Given, "https://a.test", null, "pod", "default", "pod")]
    [InlineData("given for another port", null, AccessKind.Given, "https://10.0.0.1:8443", null, "pod", "default", "pod")]
    [InlineData("given for the pod's cluster", null, AccessKind.Given, "https://10.0.0.1:6443", "team-a", "pod", "team-a", null)]
    [InlineData("given for the pod's cluster, without", null, AccessKind.Given, "https://10.0.0.1:6443", null, "pod", "pod", null)]
    [InlineData("the same without POD_NAMESPACE", null, AccessKind.Given, "https://10.0.0.1:6443", null, null, "jobs", null)]
    [InlineData("given by the service's name", null, AccessKind.Given, "https://kubernetes.default.svc", null, "pod", "pod", null)]
    [InlineData("given by the service's full name", null, AccessKind.Given, "https://kubernetes.default.svc.cluster.local:6443", null, "pod", "pod", null)]
    public void Resolve_BySource(
        string when, string? option, object kind, string server, string? own, string? pod, string expected, string? differing)
    {
        _ = when;
        _machine.InPod();
        if (pod is not null)
            _machine.Variables["POD_NAMESPACE"] = pod;
        var access = Access((AccessKind)kind, server, own);

        Assert.Equal(expected, KubernetesNamespace.Resolve(option, access, _machine));
        Assert.Equal(differing, KubernetesNamespace.Differing(option, access, _machine));
    }

    [Fact]
    public void Resolve_IPv6_IsThePodsOwnServer()
    {
        _machine.InPod("fd00::1");

        Assert.Equal("jobs", KubernetesNamespace.Resolve(null, Access(AccessKind.Given, "https://[fd00::1]:6443", null), _machine));
    }

    [Fact]
    public void Resolve_OutsideOfAPod_IsTheSourcesOwn()
    {
        Assert.Equal("default", KubernetesNamespace.Resolve(null, Access(AccessKind.Given, "https://a.test", null), _machine));
        Assert.Null(KubernetesNamespace.Differing(null, Access(AccessKind.Given, "https://a.test", null), _machine));
    }

    private static ServerAccess Access(AccessKind kind, string server, string? own) =>
        new() { Server = new(server), Source = "a test", Kind = kind, Namespace = own };
}
