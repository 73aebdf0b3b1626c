using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace LeaseElection.TestKit;

/// <summary>
/// Someone else at work on a Lease: another elector, an administrator, a script. Writes whatever it is told, rightly or wrongly,
/// and never as the library does: through the typed API of its own client, or as bare JSON.
/// </summary>
public sealed class SomeoneElse(IKubernetes client, string @namespace, string lease)
{
    private const string Group = "coordination.k8s.io";
    private const string Version = "v1";
    private const string Plural = "leases";
    private const int MostAttempts = 5;

    public string Namespace { get; } = @namespace;

    public string Lease { get; } = lease;

    public Task<V1Lease> GetAsync(CancellationToken cancellationToken = default) =>
        client.CoordinationV1.ReadNamespacedLeaseAsync(Lease, Namespace, cancellationToken: cancellationToken);

    /// <summary>Creates the Lease; a null spec is allowed.</summary>
    public Task<V1Lease> CreateAsync(V1LeaseSpec? spec, CancellationToken cancellationToken = default) =>
        client.CoordinationV1.CreateNamespacedLeaseAsync(
            new() { Metadata = new() { Name = Lease }, Spec = spec }, Namespace, cancellationToken: cancellationToken);

    /// <summary>Creates the Lease as held by <paramref name="holder"/> from now on.</summary>
    public Task<V1Lease> CreateHeldAsync(string holder, int durationSeconds, CancellationToken cancellationToken = default) =>
        CreateAsync(Held(holder, durationSeconds, transitions: 0), cancellationToken);

    /// <summary>Puts <paramref name="lease"/> as it is, with its own precondition (or none).</summary>
    public Task<V1Lease> PutAsync(V1Lease lease, CancellationToken cancellationToken = default) =>
        client.CoordinationV1.ReplaceNamespacedLeaseAsync(lease, Lease, Namespace, cancellationToken: cancellationToken);

    /// <summary>Reads, edits, writes back; and again where somebody wrote in between (a leader's renewal may come at any moment).</summary>
    public async Task<V1Lease> EditAsync(Action<V1Lease> edit, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var lease = await GetAsync(cancellationToken);
            edit(lease);
            try
            {
                return await PutAsync(lease, cancellationToken);
            }
            catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict && attempt < MostAttempts)
            {
            }
        }
    }

    /// <summary>Adds or changes a label and nothing else, also while others write (a merge patch without a version).</summary>
    public Task<V1Lease> LabelAsync(string key, string value, CancellationToken cancellationToken = default)
    {
        var patch = new V1Patch(
            new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [key] = value } } }.ToJsonString(),
            V1Patch.PatchType.MergePatch);
        return client.CoordinationV1.PatchNamespacedLeaseAsync(patch, Lease, Namespace, cancellationToken: cancellationToken);
    }

    /// <summary>Takes the Lease over by an edit, as a new term of <paramref name="holder"/>.</summary>
    public Task<V1Lease> StealAsync(string holder, int durationSeconds, CancellationToken cancellationToken = default) =>
        EditAsync(lease => lease.Spec = Held(holder, durationSeconds, (lease.Spec?.LeaseTransitions ?? 0) + 1), cancellationToken);

    public Task DeleteAsync(CancellationToken cancellationToken = default) =>
        client.CoordinationV1.DeleteNamespacedLeaseAsync(Lease, Namespace, cancellationToken: cancellationToken);

    /// <summary>Posts a whole object as it stands: field for field what is sent, nulls and unknown fields too.</summary>
    public Task<object> CreateRawAsync(JsonObject lease, CancellationToken cancellationToken = default) =>
        client.CustomObjects.CreateNamespacedCustomObjectAsync(
            lease, Group, Version, Namespace, Plural, cancellationToken: cancellationToken);

    /// <summary>Puts a whole object as it stands.</summary>
    public Task<object> PutRawAsync(JsonObject lease, CancellationToken cancellationToken = default) =>
        client.CustomObjects.ReplaceNamespacedCustomObjectAsync(
            lease, Group, Version, Namespace, Plural, Lease, cancellationToken: cancellationToken);

    /// <summary>An object of this name with the given spec, for <see cref="CreateRawAsync"/> and <see cref="PutRawAsync"/>.</summary>
    public JsonObject Raw(JsonObject? spec, string? resourceVersion = null, string? uid = null)
    {
        var metadata = new JsonObject { ["name"] = Lease, ["namespace"] = Namespace };
        if (resourceVersion is not null)
            metadata["resourceVersion"] = resourceVersion;
        if (uid is not null)
            metadata["uid"] = uid;
        return new() { ["apiVersion"] = $"{Group}/{Version}", ["kind"] = "Lease", ["metadata"] = metadata, ["spec"] = spec };
    }

    private static V1LeaseSpec Held(string holder, int durationSeconds, int transitions)
    {
        var now = Now();
        return new()
        {
            HolderIdentity = holder,
            LeaseDurationSeconds = durationSeconds,
            AcquireTime = now,
            RenewTime = now,
            LeaseTransitions = transitions,
        };
    }

    // KubernetesClient writes a whole second without its six zeros, which the API server rejects: see ApiServerFacts.
    private static DateTime Now()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var microsecond = now.Ticks / TimeSpan.TicksPerMicrosecond % 1_000_000;
        return microsecond == 0 ? now.AddMicroseconds(1) : now;
    }
}
