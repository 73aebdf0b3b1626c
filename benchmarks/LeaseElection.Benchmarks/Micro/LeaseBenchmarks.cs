using System.Text;
using BenchmarkDotNet.Attributes;
using k8s;
using k8s.Models;
using LeaseElection.Leases;
using LeaseElection.Store.Json;

namespace LeaseElection.Benchmarks.Micro;

/// <summary>A Lease as kube-apiserver sends it, read and written back; KubernetesClient's own serializer beside ours.</summary>
[MemoryDiagnoser]
public class LeaseBenchmarks
{
    private const string Name = "scheduler";

    private static readonly byte[] Json = Encoding.UTF8.GetBytes(
        """
        {"kind":"Lease","apiVersion":"coordination.k8s.io/v1","metadata":{"name":"scheduler","namespace":"default","uid":"8c4f1f0e-6d1a-4c57-9f0a-0b6d3c1e2f4a","resourceVersion":"1000000001","creationTimestamp":"2026-11-22T10:00:00Z","annotations":{"leaseelection/term":"0123456789abcdef/15/1"},"managedFields":[{"manager":"SingletonWorker","operation":"Update","apiVersion":"coordination.k8s.io/v1","time":"2026-11-22T10:00:03Z","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:annotations":{".":{},"f:leaseelection/term":{}}},"f:spec":{"f:acquireTime":{},"f:holderIdentity":{},"f:leaseDurationSeconds":{},"f:leaseTransitions":{},"f:renewTime":{}}}}]},"spec":{"holderIdentity":"scheduler-7c9d8b6f5-x2x7k_8c4f1f0e","leaseDurationSeconds":15,"acquireTime":"2026-11-22T10:00:00.000000Z","renewTime":"2026-11-22T10:00:03.000000Z","leaseTransitions":1}}
        """);

    private readonly LeaseWriter _writer = new("default", Name, new Dictionary<string, string>());
    private readonly V1Lease _theirs = KubernetesJson.Deserialize<V1Lease>(Encoding.UTF8.GetString(Json));
    private LeaseSnapshot _ours;
    private KnownTexts _known;

    [GlobalSetup]
    public void SetUp()
    {
        _ours = ReadOurs();
        _known = new(_ours.Uid, _ours.Mark, _ours.Spec.HolderIdentity);
    }

    [Benchmark(Description = "KubernetesClient: read")]
    public object ReadTheirs() => KubernetesJson.Deserialize<V1Lease>(new MemoryStream(Json));

    [Benchmark(Description = "LeaseElection: read")]
    public long Read() => ReadOurs().Version;

    [Benchmark(Description = "KubernetesClient: write")]
    public string WriteTheirs() => KubernetesJson.Serialize(_theirs);

    [Benchmark(Description = "LeaseElection: write")]
    public int Write()
    {
        var body = _writer.Write(
            new() { Spec = _ours.Spec, Mark = _ours.Mark!, Uid = _ours.Uid, Version = _ours.Version, Rest = _ours.Rest });
        var length = body.Json.Length;
        _writer.Reuse(body);
        return length;
    }

    private LeaseSnapshot ReadOurs() =>
        LeaseReader.TryRead(Json, Name, out var lease, out var why, _known) ? lease : throw new InvalidOperationException(why);
}
