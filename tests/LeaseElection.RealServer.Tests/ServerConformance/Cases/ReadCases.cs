using LeaseElection.RealServer.Tests.ServerConformance.Playback;
using static LeaseElection.RealServer.Tests.ServerConformance.Cases.Requests;

namespace LeaseElection.RealServer.Tests.ServerConformance.Cases;

/// <summary>Reading one Lease.</summary>
internal static class ReadCases
{
    public static IReadOnlyList<ConformanceCase> All { get; } =
    [
        new("Get_Found", Create("a", Holder("x")), Read("a")),
        new("Get_Missing", Read("a")),
        new("Get_MissingNamespace", Get(Group + "/namespaces/{ns}-none/leases/a")),
        new("Get_ImpossibleNames", Read("A_b"), Read("a%20b")),
        // The cache answers version 0 and may lag; the read before it waits until the cache has the Lease.
        new("Get_VersionZero", Create("a", Holder("x")), Read("a?resourceVersion={1.resourceVersion}"), Read("a?resourceVersion=0")),
        new("Get_VersionFuture", Create("a"), Read("a?resourceVersion={1.resourceVersion+1000000}")) { IsSlow = true },
        new("Get_VersionGarbage", Create("a"), Read("a?resourceVersion=garbage"), Read("a?resourceVersion=-1"), Read("a?resourceVersion=1.5")),
        new("Get_UnknownQuery_IsIgnored", Create("a"), Read("a?foo=bar&limit=3&watch=false")),
        new("Get_AcceptAnything", Create("a"), Read("a") with { Accept = "*/*" }, Read("a") with { Accept = null }),
        new("Get_AcceptYaml", Create("a", Holder("x")), Read("a") with { Accept = "application/yaml" }, Read("b") with { Accept = "application/yaml" }),
        new("Get_AcceptUnknown", Create("a"), Read("a") with { Accept = "text/html" }, Read("a") with { Accept = "text/html, application/json;q=0.5" }),
        new("Get_AcceptProtobuf", Create("a"), Read("a") with { Accept = "application/vnd.kubernetes.protobuf" },
            Read("a") with { Accept = "application/vnd.kubernetes.protobuf, application/json" }),
        new("Get_AcceptTable", Create("a", Holder("x")), Read("a") with { Accept = Table }, Read("b") with { Accept = Table },
            Read("a?includeObject=None") with { Accept = Table }, Read("a?includeObject=Object") with { Accept = Table },
            Read("a") with { Accept = "application/json;as=Table;g=meta.k8s.io;v=v1" }),
        new("Get_AcceptPartialMetadata", Create("a", Holder("x"), ""","labels":{"l":"1"}"""),
            Read("a") with { Accept = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1" },
            Read("?limit=5") with { Accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1" }),
        // Of an object with a map in it, the real server of this build cannot make pretty JSON: it drops the connection.
        new("Get_Pretty", Create("a", Holder("x")), Read("b?pretty=true"), Read("a?pretty=false")),
    ];

    /// <summary>Gets what kubectl asks for.</summary>
    public static string Table =>
        "application/json;as=Table;v=v1;g=meta.k8s.io,application/json;as=Table;v=v1beta1;g=meta.k8s.io,application/json";
}
