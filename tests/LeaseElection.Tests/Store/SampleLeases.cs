using System.Text;
using System.Text.Json.Nodes;
using LeaseElection.Leases;
using LeaseElection.Store.Json;

namespace LeaseElection.Tests.Store;

/// <summary>Leases as an API server writes them.</summary>
internal static class SampleLeases
{
    public const string Name = "report-worker";
    public const string Uid = "5f6f8b0e-9a31-4d53-8f6b-6a8a5b6f7c11";

    /// <summary>One with everything that a Lease can have, and with fields that nobody knows.</summary>
    public const string Full = """
        {
          "kind": "Lease", "apiVersion": "coordination.k8s.io/v1", "futureTop": {"a": [1, 2.50, null]},
          "metadata": {
            "name": "report-worker", "namespace": "jobs", "uid": "5f6f8b0e-9a31-4d53-8f6b-6a8a5b6f7c11", "resourceVersion": "4711",
            "creationTimestamp": "2026-03-01T11:00:00Z", "generation": 3,
            "labels": {"team": "data", "empty": ""},
            "annotations": {"leaseelection/term": "a1b2/15/7", "note": "Grüße \"an\" <alle> & 日本"},
            "finalizers": ["example.com/keep"],
            "ownerReferences": [{"apiVersion": "v1", "kind": "Pod", "name": "p", "uid": "u", "controller": true}],
            "managedFields": [{"manager": "x", "operation": "Update", "fieldsV1": {"f:spec": {"f:holderIdentity": {}}}}],
            "futureMeta": 12345678901234567890
          },
          "spec": {
            "holderIdentity": "pod-1_0badcafe", "leaseDurationSeconds": 15, "acquireTime": "2026-03-01T12:00:00.000000Z",
            "renewTime": "2026-03-01T12:00:03.120007Z", "leaseTransitions": 7,
            "strategy": "OldestEmulationVersion", "preferredHolder": "pod-2", "futureSpec": {"z": 1, "a": "ü"}
          },
          "status": {"future": true}
        }
        """;

    public static string Plain(long version, string? holder = "pod-1_0badcafe", string name = Name) => $$$"""
        {"kind":"Lease","apiVersion":"coordination.k8s.io/v1","metadata":{"name":"{{{name}}}","namespace":"jobs","uid":"{{{Uid}}}","resourceVersion":"{{{version}}}"},"spec":{"holderIdentity":"{{{holder}}}","leaseDurationSeconds":15}}
        """;

    public static string Event(string type, string lease) => $$"""{"type":"{{type}}","object":{{lease}}}""";

    public static string Bookmark(long version) =>
        Event("BOOKMARK", $$$"""{"kind":"Lease","apiVersion":"coordination.k8s.io/v1","metadata":{"resourceVersion":"{{{version}}}","creationTimestamp":null},"spec":{}}""");

    public static LeaseSnapshot Read(string json) =>
        LeaseReader.TryRead(Encoding.UTF8.GetBytes(json), Name, out var lease, out var why) ? lease : throw new InvalidDataException(why);

    public static string Unreadable(string json)
    {
        Assert.False(LeaseReader.TryRead(Encoding.UTF8.GetBytes(json), Name, out _, out var why));
        return why;
    }

    /// <summary>The full Lease with one thing changed.</summary>
    public static string With(Action<JsonObject> change)
    {
        var lease = JsonNode.Parse(Full)!.AsObject();
        change(lease);
        return lease.ToJsonString();
    }

    public static LeaseWrite Renewal(LeaseSnapshot of) => new()
    {
        Spec = of.Spec,
        Mark = of.Mark ?? "",
        Uid = of.Uid,
        Version = of.Version,
        Rest = of.Rest,
    };

    public static LeaseWrite Creation(string holder = "pod-1_0badcafe") => new()
    {
        Spec = new() { HolderIdentity = holder, LeaseDurationSeconds = 15, AcquireTime = new(1), RenewTime = new(1), LeaseTransitions = 0 },
        Mark = "a1b2/15/0",
    };
}
