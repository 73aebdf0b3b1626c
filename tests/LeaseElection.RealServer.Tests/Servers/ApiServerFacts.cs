using System.Net;
using System.Text.Json.Nodes;
using k8s.Autorest;
using k8s.Models;

namespace LeaseElection.RealServer.Tests.Servers;

/// <summary>What our wire format relies on. A server that behaves otherwise changes the library's reasons, not only its code.</summary>
public sealed class ApiServerFacts(SharedControlPlane shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-03-01T12:00:03.000000Z", true)]
    [InlineData("2026-03-01T12:00:03.000001Z", true)]
    [InlineData("2026-03-01T12:00:03Z", false)]
    [InlineData("2026-03-01T12:00:03.0000000Z", false)]
    [InlineData("2026-03-01T12:00:03.000Z", false)]
    public async Task MicroTime_OtherThanSixDigits_IsABadRequest(string renewTime, bool accepted)
    {
        var lease = await NewLeaseAsync();
        var create = lease.CreateRawAsync(lease.Raw(new() { ["holderIdentity"] = "b", ["renewTime"] = renewTime }), Cancellation);

        if (accepted)
            await create;
        else
            Assert.Equal(HttpStatusCode.BadRequest, (await RefusalOf(create)).Response.StatusCode);
    }

    [Fact]
    public async Task MicroTime_WholeSecondFromKubernetesClientsSerialiser_IsABadRequest()
    {
        var lease = await NewLeaseAsync();

        var refusal = await RefusalOf(
            lease.CreateAsync(new() { RenewTime = new DateTime(2026, 3, 1, 12, 0, 3, DateTimeKind.Utc) }, Cancellation));

        Assert.Equal(HttpStatusCode.BadRequest, refusal.Response.StatusCode);
    }

    [Fact]
    public async Task Put_DeletedLeaseWithoutUid_CreatesItAgain()
    {
        var lease = await NewLeaseAsync();
        var old = await lease.CreateHeldAsync("b", 15, Cancellation);
        await lease.DeleteAsync(Cancellation);
        var uid = old.Metadata.Uid;
        old.Metadata.Uid = null;

        var put = await lease.PutAsync(old, Cancellation);

        Assert.NotEqual(uid, put.Metadata.Uid);
    }

    [Fact]
    public async Task Put_DeletedLeaseWithUid_IsAConflict()
    {
        var lease = await NewLeaseAsync();
        var old = await lease.CreateHeldAsync("b", 15, Cancellation);
        await lease.DeleteAsync(Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, (await RefusalOf(lease.PutAsync(old, Cancellation))).Response.StatusCode);
    }

    [Fact]
    public async Task Put_StaleResourceVersion_IsAConflict()
    {
        var lease = await NewLeaseAsync();
        var old = await lease.CreateHeldAsync("b", 15, Cancellation);
        await lease.StealAsync("c", 15, Cancellation);

        Assert.Equal(HttpStatusCode.Conflict, (await RefusalOf(lease.PutAsync(old, Cancellation))).Response.StatusCode);
    }

    [Fact]
    public async Task Put_WithoutResourceVersion_IsUnprocessable()
    {
        var lease = await NewLeaseAsync();
        var old = await lease.CreateHeldAsync("b", 15, Cancellation);
        old.Metadata.ResourceVersion = null;

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await RefusalOf(lease.PutAsync(old, Cancellation))).Response.StatusCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Create_DurationNotPositive_IsUnprocessable(int durationSeconds)
    {
        var lease = await NewLeaseAsync();

        var refusal = await RefusalOf(lease.CreateHeldAsync("b", durationSeconds, Cancellation));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refusal.Response.StatusCode);
        Assert.Contains("leaseDurationSeconds", refusal.Response.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_SpecOfNulls_IsAccepted()
    {
        var lease = await NewLeaseAsync();

        await lease.CreateRawAsync(lease.Raw(new JsonObject { ["holderIdentity"] = null, ["renewTime"] = null }), Cancellation);

        Assert.Null((await lease.GetAsync(Cancellation)).Spec?.HolderIdentity);
    }

    [Fact]
    public async Task ResourceVersion_AcrossDeletion_GrowsAsAnInteger()
    {
        var lease = await NewLeaseAsync();
        var first = await lease.CreateHeldAsync("b", 15, Cancellation);
        await lease.DeleteAsync(Cancellation);

        var second = await lease.CreateHeldAsync("b", 15, Cancellation);

        Assert.True(VersionOf(second) > VersionOf(first));
    }

    private static long VersionOf(V1Lease lease) => long.Parse(lease.ResourceVersion(), System.Globalization.CultureInfo.InvariantCulture);

    private static Task<HttpOperationException> RefusalOf(Task request) => Assert.ThrowsAsync<HttpOperationException>(() => request);

    private async Task<SomeoneElse> NewLeaseAsync() => new((await shared.GetAsync()).Client, await shared.CreateNamespaceAsync(), "a");
}
