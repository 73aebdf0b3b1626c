
namespace LeaseElection.TestKit;

/// <summary>
/// One control plane for a whole test run, started by the first test that asks for it. An assembly fixture: the test project says
/// <c>[assembly: AssemblyFixture(typeof(SharedControlPlane))]</c> and its test classes take one in their constructor.
/// </summary>
public sealed class SharedControlPlane : IAsyncDisposable
{
    // Names the script: by that eng/test.sh knows such a skip, and fails.
    private const string NoServers =
        "No kube-apiserver and etcd here: run eng/control-plane.sh, or set KUBEBUILDER_ASSETS or " + ControlPlane.ExternalClusterVariable;

    private readonly Lazy<Task<ControlPlane?>> _started = new(() => ControlPlane.StartAsync());

    /// <summary>Gets the control plane; skips the test where there is none.</summary>
    public async Task<ControlPlane> GetAsync()
    {
        var plane = await _started.Value;
        Assert.SkipWhen(plane is null, NoServers);
        return plane;
    }

    /// <summary>
    /// Gets servers that the test may stop, freeze and restart; skips the test in somebody else's cluster. Only for test collections
    /// that run alone. What an earlier test left stopped or frozen is put right first.
    /// </summary>
    public async Task<ControlPlane> GetOwnAsync()
    {
        var plane = await GetAsync();
        Assert.SkipUnless(plane.IsOwn, $"{ControlPlane.ExternalClusterVariable} names a cluster that is not ours to stop");
        await plane.Etcd.RecoverAsync();
        await plane.ApiServer.RecoverAsync();
        return plane;
    }

    /// <summary>A new namespace: one for each test.</summary>
    public async Task<string> CreateNamespaceAsync() =>
        await (await GetAsync()).CreateNamespaceAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated && _started.Value is { IsCompletedSuccessfully: true, Result: { } plane })
            await plane.DisposeAsync();
    }
}
