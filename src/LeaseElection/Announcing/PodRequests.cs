using System.Text.Json;
using LeaseElection.Connection.Http;

namespace LeaseElection.Announcing;

/// <summary>The requests about pods.</summary>
internal sealed class PodRequests(KubernetesConnection connection, AnnouncingParts parts, string ns)
{
    private const string MergePatch = "application/merge-patch+json";

    /// <summary>The pods that carry the leader's labels.</summary>
    /// <exception cref="PodRequestException">They cannot be listed now.</exception>
    public async Task<List<PodLabels>> ListLeadersAsync()
    {
        using var list = await SendAsync("list", HttpMethod.Get, $"pods?labelSelector={PodLabels.Selector(parts.LeaseName)}", null)
            .ConfigureAwait(false);
        return [.. list.RootElement.GetProperty("items").EnumerateArray().Select(pod => PodLabels.Read(pod, parts.LeaseName))];
    }

    public async Task<PodLabels> GetAsync(string pod)
    {
        using var found = await SendAsync("get", HttpMethod.Get, $"pods/{Uri.EscapeDataString(pod)}", null).ConfigureAwait(false);
        return PodLabels.Read(found.RootElement, parts.LeaseName);
    }

    public async Task PatchAsync(string pod, byte[] patch) =>
        (await SendAsync("patch", HttpMethod.Patch, $"pods/{Uri.EscapeDataString(pod)}", patch).ConfigureAwait(false)).Dispose();

    private async Task<JsonDocument> SendAsync(string verb, HttpMethod method, string path, byte[]? body)
    {
        var call = new ApiCall(method, AnnouncingParts.Core(connection.Server, ns, path), parts.RequestTimeout)
        {
            Body = body is null ? null : body.AsMemory(),
            ContentType = MergePatch,
        };
        return await connection.SendAsync(call, CancellationToken.None).ConfigureAwait(false) switch
        {
            ApiAnswer.Replied { IsSuccess: true, BodyFault: null } reply => JsonDocument.Parse(reply.Body),
            // A conflict, or a server in trouble, passes; all else lasts until an administrator acts.
            ApiAnswer.Replied reply =>
                throw new PodRequestException(
                    verb,
                    reply.Describe(),
                    IsRefused: reply.Status is >= 400 and <= 499 and not (408 or 409 or 429)),
            ApiAnswer.Silent silent => throw new PodRequestException(verb, silent.Why, IsRefused: false),
            _ => throw new PodRequestException(verb, "an answer without an end", IsRefused: false),
        };
    }
}
