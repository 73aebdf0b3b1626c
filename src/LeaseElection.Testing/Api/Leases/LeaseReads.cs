using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Selectors;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>get and list.</summary>
internal sealed class LeaseReads(LeaseStore store)
{
    public ApiAnswer Get(ApiCall call)
    {
        var image = store.Image;
        CheckFresh(call, image.Version);
        var key = new LeaseKey(call.Route.Namespace!, call.Route.Name!);
        return image.Leases.TryGetValue(key, out var lease)
            ? new(200, lease.Json)
            : throw new ApiException(ApiStatus.LeaseNotFound(key.Name));
    }

    public ApiAnswer List(ApiCall call)
    {
        var filter = LeaseFilter.Of(call);
        var image = store.Image;
        CheckFresh(call, image.Version);
        var limit = Query.Number(call.Query, "limit") is { } asked and > 0 ? asked : long.MaxValue;
        var after = Continue(call);
        var all = image.Leases.Values.Where(l => after is null || l.Key.CompareTo(after.Value) > 0);
        var matching = all.Where(filter.Matches).ToList();
        var page = matching.Take((int)Math.Min(limit, int.MaxValue)).ToList();
        var metadata = new JsonObject { ["resourceVersion"] = image.Version.ToString(CultureInfo.InvariantCulture) };
        if (matching.Count > page.Count)
        {
            metadata["continue"] = Token(page[^1].Key, image.Version);
            metadata["remainingItemCount"] = matching.Count - page.Count;
        }

        return ApiAnswer.Of(ListOf(page, metadata));
    }

    /// <summary>A LeaseList. Its items say neither kind nor version: the list does.</summary>
    public static JsonObject ListOf(IEnumerable<StoredLease> leases, JsonObject metadata) => new()
    {
        ["kind"] = "LeaseList",
        ["apiVersion"] = $"{ApiStatus.Group}/v1",
        ["metadata"] = metadata,
        ["items"] = new JsonArray([.. leases.Select(Item)]),
    };

    private static JsonNode Item(StoredLease lease)
    {
        var item = lease.ToObject();
        item.Remove("kind");
        item.Remove("apiVersion");
        return item;
    }

    private static void CheckFresh(ApiCall call, long current)
    {
        if (Query.Text(call.Query, "resourceVersion") is not { } text)
            return;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted))
            throw new ApiException(new(400, "BadRequest", $"resourceVersion: {LeaseObjects.BadVersion("resourceVersion", text).Text}"));
        if (wanted > current)
        {
            throw new ApiException(
                new(504, "Timeout", $"Too large resource version: {wanted}, current: {current}", new()
                {
                    ["causes"] = new JsonArray(new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }),
                    ["retryAfterSeconds"] = 1,
                }),
                TimeSpan.FromSeconds(1));
        }
    }

    private static string Token(LeaseKey last, long version)
    {
        var json = new JsonObject { ["v"] = "meta.k8s.io/v1", ["rv"] = version, ["start"] = $"{last.Namespace}/{last.Name}\0" };
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(json.ToJsonString())).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    private static LeaseKey? Continue(ApiCall call)
    {
        if (Query.Text(call.Query, "continue") is not { } token)
            return null;
        try
        {
            var padded = token.Replace('-', '+').Replace('_', '/').PadRight((token.Length + 3) / 4 * 4, '=');
            var start = ((string?)JsonNode.Parse(Convert.FromBase64String(padded))?["start"])?.TrimEnd('\0').Split('/');
            if (start is [var ns, var name])
                return new(ns, name);
        }
        catch (Exception error) when (error is FormatException or JsonException)
        {
            // Not one of ours: said below.
        }

        throw new ApiException(ApiStatus.BadRequest("continue key is not valid: illegal base64 data at input byte 0"));
    }
}
