using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Tests.Store;

namespace LeaseElection.Tests.Announcing;

/// <summary>Pods as an API server keeps them: a merge patch takes effect only for the version that it names.</summary>
internal sealed class PodServer
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, JsonObject> _pods = new(StringComparer.Ordinal);
    private long _version = 10;

    /// <summary>Gets or sets what a request is answered with before it is looked at; null: it is.</summary>
    public Func<SentRequest, Task<HttpResponseMessage>?> Before { get; set; } = static _ => null;

    public PodServer Add(string name, params (string Key, string Value)[] labels)
    {
        lock (_gate)
        {
            var own = new JsonObject();
            foreach (var (key, value) in labels)
                own[key] = value;
            _pods[name] =
                new() { ["metadata"] = new JsonObject { ["name"] = name, ["resourceVersion"] = NextVersion(), ["labels"] = own } };
            return this;
        }
    }

    /// <summary>The kubelet, say, writes to a pod.</summary>
    public void Touch(string name)
    {
        lock (_gate)
            _pods[name]["metadata"]!["resourceVersion"] = NextVersion();
    }

    public string[] Leaders()
    {
        lock (_gate)
            return [.. _pods.Where(p => (string?)p.Value["metadata"]!["labels"]?["leaseelection/role"] == "leader").Select(p => p.Key)];
    }

    public async Task<HttpResponseMessage> AnswerAsync(SentRequest request) =>
        Before(request) is { } other ? await other : Evaluate(request);

    public HttpResponseMessage Evaluate(SentRequest request)
    {
        lock (_gate)
        {
            if (request.Uri.Query.Length > 0)
                return FakeServer.Reply(200, new JsonObject { ["items"] = new JsonArray([.. _pods.Values.Where(Matches).Select(p => p.DeepClone())]) }.ToJsonString());
            if (!_pods.TryGetValue(request.Uri.Segments[^1], out var pod))
                return FakeServer.Reply(404, FakeServer.Status(404, "NotFound", "pods not found"));
            if (request.Method == "GET")
                return FakeServer.Reply(200, pod.ToJsonString());
            var patch = JsonNode.Parse(request.Body!)!["metadata"]!.AsObject();
            if ((string?)patch["resourceVersion"] != (string?)pod["metadata"]!["resourceVersion"])
                return FakeServer.Reply(409, FakeServer.Status(409, "Conflict", "the object has been modified"));
            Merge(pod["metadata"]!.AsObject(), patch);
            pod["metadata"]!["resourceVersion"] = NextVersion();
            return FakeServer.Reply(200, pod.ToJsonString());
        }
    }

    private static bool Matches(JsonObject pod) =>
        (string?)pod["metadata"]!["labels"]?["leaseelection/role"] == "leader"
            && (string?)pod["metadata"]!["labels"]?["leaseelection/lease"] == "reports";

    private static void Merge(JsonObject into, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is null)
                into.Remove(key);
            else if (value is JsonObject inner && into[key] is JsonObject existing)
                Merge(existing, inner);
            else
                into[key] = value.DeepClone();
        }
    }

    private string NextVersion() => (++_version).ToString(CultureInfo.InvariantCulture);
}
