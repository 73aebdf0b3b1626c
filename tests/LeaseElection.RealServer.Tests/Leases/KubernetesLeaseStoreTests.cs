using k8s.Models;
using LeaseElection.Connection.Configuration;
using LeaseElection.Leases;
using LeaseElection.Store.Sharing;

namespace LeaseElection.RealServer.Tests.Leases;

/// <summary>The store on a real kube-apiserver, with exactly the RBAC that the documentation asks for.</summary>
public sealed class KubernetesLeaseStoreTests(SharedControlPlane shared)
{
    private static readonly string[] MinimalVerbs = ["get", "watch", "create", "update"];
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private static readonly LeaseWrite Creation = new()
    {
        Spec = new() { HolderIdentity = "a", LeaseDurationSeconds = 15, AcquireTime = new(7), RenewTime = new(7), LeaseTransitions = 0 },
        Mark = "a1b2/15/0",
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Scenario(1, 8, 12)]
    public async Task Write_CreateThenUpdate_AreExactlyWhatWasSent()
    {
        await using var store = await StoreAsync(await shared.CreateNamespaceAsync());

        var created = await CreateAsync(store);
        var renewal = Renewal(created) with { Spec = created.Spec with { RenewTime = MicroTime.From(new(2026, 3, 1, 12, 0, 3, TimeSpan.Zero)) }, Mark = "" };
        var updated = Assert.IsType<WriteOutcome.Written>(await store.WriteAsync(renewal, Timeout, Cancellation)).Lease;
        var read = Assert.IsType<ReadOutcome.Found>(await store.ReadAsync(Cancellation)).Lease;

        Assert.Equal((Creation.Spec, Creation.Mark), (created.Spec, created.Mark));
        Assert.Equal((renewal.Spec, "", created.Uid), (updated.Spec, updated.Mark, updated.Uid));
        Assert.Equal((updated.Spec, updated.Mark, updated.Version), (read.Spec, read.Mark, read.Version));
        Assert.True(updated.Version > created.Version);
    }

    [Fact]
    [Scenario(9, 12)]
    public async Task Write_LeaseWithOthersMetadata_KeepsIt()
    {
        var @namespace = await shared.CreateNamespaceAsync();
        await using var store = await StoreAsync(@namespace);
        var other = await OtherAsync(@namespace);
        await CreateAsync(store);
        await other.EditAsync(
            lease =>
            {
                lease.Metadata.Annotations["note"] = "Grüße <an> alle";
                lease.Metadata.Finalizers = ["example.com/keep"];
                lease.Metadata.Labels["team"] = "data";
            },
            Cancellation);

        var read = Assert.IsType<ReadOutcome.Found>(await store.ReadAsync(Cancellation)).Lease;
        Assert.IsType<WriteOutcome.Written>(await store.WriteAsync(Renewal(read) with { Mark = "new/15/0" }, Timeout, Cancellation));

        var metadata = (await other.GetAsync(Cancellation)).Metadata;
        Assert.Equal(("Grüße <an> alle", "new/15/0"), (metadata.Annotations["note"], metadata.Annotations[TermMark.Annotation]));
        Assert.Equal(
            ("data", "reports", "example.com/keep"), (metadata.Labels["team"], metadata.Labels["app"], Assert.Single(metadata.Finalizers)));
        await other.EditAsync(lease => lease.Metadata.Finalizers = null, Cancellation);
    }

    [Fact]
    [Scenario(10, 11)]
    public async Task Write_PreconditionDoesNotHold_IsAConflict()
    {
        var @namespace = await shared.CreateNamespaceAsync();
        await using var store = await StoreAsync(@namespace);
        var other = await OtherAsync(@namespace);
        var created = await CreateAsync(store);

        Assert.IsType<WriteOutcome.Conflict>(await store.WriteAsync(Creation, Timeout, Cancellation));
        await other.StealAsync("b", 15, Cancellation);
        Assert.IsType<WriteOutcome.Conflict>(await store.WriteAsync(Renewal(created), Timeout, Cancellation));
        await other.DeleteAsync(Cancellation);
        Assert.IsType<WriteOutcome.Conflict>(await store.WriteAsync(Renewal(created), Timeout, Cancellation));
        Assert.IsType<ReadOutcome.Absent>(await store.ReadAsync(Cancellation));
    }

    [Fact]
    [Scenario(35, 37)]
    public async Task Watch_FromTheLastVersion_SaysEveryChangeAndTheDeletion()
    {
        var @namespace = await shared.CreateNamespaceAsync();
        await using var store = await StoreAsync(@namespace);
        var other = await OtherAsync(@namespace);
        var created = await CreateAsync(store);
        await using var watch = store.WatchAsync(created.Version, Cancellation).GetAsyncEnumerator(Cancellation);

        var next = watch.MoveNextAsync();
        await other.StealAsync("b", 15, Cancellation);
        Assert.True(await next);
        var stolen = Assert.IsType<WatchSignal.Seen>(watch.Current).Lease;
        await other.DeleteAsync(Cancellation);
        Assert.True(await watch.MoveNextAsync());
        var deleted = Assert.IsType<WatchSignal.Deleted>(watch.Current);

        Assert.Equal(("b", created.Uid), (stolen.Spec.HolderIdentity, stolen.Uid));
        Assert.True(created.Version < stolen.Version && stolen.Version < deleted.Version);
    }

    [Fact]
    [Scenario(39)]
    public async Task Store_NothingIsGranted_IsForbiddenForEveryVerb()
    {
        var @namespace = await shared.CreateNamespaceAsync();
        await using var store = await StoreAsync(@namespace, []);
        await using var watch = store.WatchAsync(0, Cancellation).GetAsyncEnumerator(Cancellation);
        Assert.True(await watch.MoveNextAsync());

        Assert.All(
            [
                Assert.IsType<ReadOutcome.Rejected>(await store.ReadAsync(Cancellation)).Why,
                Assert.IsType<WriteOutcome.Rejected>(await store.WriteAsync(Creation, Timeout, Cancellation)).Why,
                Assert.IsType<WatchSignal.Failing>(watch.Current).Rejection!,
            ],
            why =>
            {
                Assert.Equal((RejectionKind.Forbidden, 403), (why.Kind, why.StatusCode));
                Assert.Contains("leases", why.Message, StringComparison.Ordinal);
            });
    }

    [Fact]
    [Scenario(39)]
    public async Task Write_NoSuchNamespaceOrInvalid_IsRejectedAsSuch()
    {
        var plane = await shared.GetAsync();
        await using var nowhere = Store(plane.Administrator, "there-is-no-such-namespace");
        await using var store = await StoreAsync(await shared.CreateNamespaceAsync());
        var invalid = Creation with { Spec = Creation.Spec with { LeaseDurationSeconds = 0 } };

        Assert.Equal(
            RejectionKind.NamespaceMissing,
            Assert.IsType<WriteOutcome.Rejected>(await nowhere.WriteAsync(Creation, Timeout, Cancellation)).Why.Kind);
        Assert.Equal(
            RejectionKind.Invalid, Assert.IsType<WriteOutcome.Rejected>(await store.WriteAsync(invalid, Timeout, Cancellation)).Why.Kind);
    }

    private static LeaseWrite Renewal(LeaseSnapshot of) =>
        new() { Spec = of.Spec, Mark = of.Mark ?? "", Uid = of.Uid, Version = of.Version, Rest = of.Rest };

    private static async Task<LeaseSnapshot> CreateAsync(ILeaseStore store) =>
        Assert.IsType<WriteOutcome.Written>(await store.WriteAsync(Creation, Timeout, Cancellation)).Lease;

    private async Task<ILeaseStore> StoreAsync(string @namespace, IReadOnlyCollection<string>? verbs = null) =>
        Store(await (await shared.GetAsync()).GrantAsync(@namespace, 1, verbs ?? MinimalVerbs, Cancellation), @namespace);

    private static ILeaseStore Store(ClusterAccess access, string @namespace) => KubernetesLeaseStores.Create(
        GivenAccess.Of(access.Configuration()), @namespace, "a", new Dictionary<string, string> { ["app"] = "reports" }, Timeout, TimeProvider.System);

    private async Task<SomeoneElse> OtherAsync(string @namespace) => new((await shared.GetAsync()).Client, @namespace, "a");
}
