using System.Net;
using k8s;
using k8s.Autorest;

namespace LeaseElection.RealServer.Tests.Servers;

public sealed class ControlPlaneTests(SharedControlPlane shared)
{
    private static readonly string[] RoleOfTheLibrary = ["get", "watch", "create", "update"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task StartAsync_ServersFound_AdministratorReachesTheApiServer()
    {
        var plane = await shared.GetAsync();

        var version = await plane.Client.Version.GetCodeAsync(Cancellation);

        Assert.Equal("1", version.Major);
    }

    [Fact]
    public async Task GrantAsync_NoVerbs_UserIsRefused()
    {
        var plane = await shared.GetAsync();
        var ns = await shared.CreateNamespaceAsync();
        var access = await plane.GrantAsync(ns, user: 1, verbs: [], Cancellation);
        using var client = access.CreateClient();

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => new SomeoneElse(client, ns, "a").GetAsync(Cancellation));

        Assert.Equal(HttpStatusCode.Forbidden, refusal.Response.StatusCode);
        Assert.Contains("user-1", refusal.Response.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GrantAsync_RoleOfTheLibrary_AllowsThatInThatNamespaceAndNothingElse()
    {
        var plane = await shared.GetAsync();
        var (ns, other) = (await shared.CreateNamespaceAsync(), await shared.CreateNamespaceAsync());
        using var client = (await plane.GrantAsync(ns, user: 2, RoleOfTheLibrary, Cancellation)).CreateClient();
        var lease = new SomeoneElse(client, ns, "a");

        await lease.CreateHeldAsync("b", durationSeconds: 15, Cancellation);
        await lease.StealAsync("c", durationSeconds: 15, Cancellation);

        Assert.Equal("c", (await lease.GetAsync(Cancellation)).Spec.HolderIdentity);
        Assert.Equal(HttpStatusCode.Forbidden, await RefusalOf(lease.DeleteAsync(Cancellation)));
        Assert.Equal(HttpStatusCode.Forbidden, await RefusalOf(lease.LabelAsync("k", "v", Cancellation)));
        Assert.Equal(HttpStatusCode.Forbidden, await RefusalOf(new SomeoneElse(client, other, "a").GetAsync(Cancellation)));
    }

    [Fact]
    public async Task GrantAsync_Twice_TheSecondGoes()
    {
        var plane = await shared.GetAsync();
        var ns = await shared.CreateNamespaceAsync();
        using var client = (await plane.GrantAsync(ns, user: 3, ["get"], Cancellation)).CreateClient();
        var lease = new SomeoneElse(client, ns, "a");
        Assert.Equal(HttpStatusCode.Forbidden, await RefusalOf(lease.CreateHeldAsync("b", 15, Cancellation)));

        await plane.GrantAsync(ns, user: 3, ["create"], Cancellation);

        await lease.CreateHeldAsync("b", 15, Cancellation);
        Assert.Equal(HttpStatusCode.Forbidden, await RefusalOf(lease.GetAsync(Cancellation)));
    }

    private static async Task<HttpStatusCode> RefusalOf(Task request) =>
        (await Assert.ThrowsAsync<HttpOperationException>(() => request)).Response.StatusCode;
}
