using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Api.Selectors;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>get and list.</summary>
internal sealed class LeaseReads(LeaseStore store)
{
    private const string PageExpired =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the "
        + "continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing "
        + "with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the "
        + "time the first chunk was returned and now may show up in the list.";

    private const string VersionExpired = "The resourceVersion for the provided list is too old.";

    public ApiAnswer Get(ApiCall call)
    {
        var image = store.Image;
        CheckFresh(Query.Version(call.Query), image.Version);
        var key = new LeaseKey(call.Route.Namespace!, call.Route.Name!);
        return image.Leases.TryGetValue(key, out var lease)
            ? new(200, lease.Json)
            : throw new ApiException(ApiStatus.LeaseNotFound(key.Name));
    }

    public ApiAnswer List(ApiCall call)
    {
        var filter = LeaseFilter.Of(call);
        var limit = Math.Max(Query.Number(call.Query, "limit") ?? 0, 0);
        Query.Number(call.Query, "timeoutSeconds");
        VersionMatch.Check(call, isWatch: false);
        var version = Query.Version(call.Query, static why => ApiStatus.BadRequest($"invalid resource version: {why}"));
        var from = Query.Text(call.Query, "continue") is { } token ? ContinueToken.Parse(token) : null;
        if (from is not null && version > 0)
            throw new ApiException(ApiStatus.BadRequest("specifying resource version is not allowed when using continue"));
        if (version == 0)
            limit = 0; // A request for any version is answered from a cache, which knows no pages.

        var image = Image(version, from, VersionMatch.IsExact(call, limit));
        var ns = call.Route.Namespace;
        var all = image.Leases.Values.Where(l => ns is null || l.Key.Namespace == ns);
        var after = all.Where(l => from is null || l.Key.CompareTo(from.After) > 0).ToList();
        var matching = after.Where(filter.Matches).ToList();
        var page = limit == 0 ? matching : [.. matching.Take((int)Math.Min(limit, int.MaxValue))];
        var metadata = new JsonObject { ["resourceVersion"] = image.Version.ToString(CultureInfo.InvariantCulture) };
        // A full page has a next one if there is anything more at all: whether it matches, is not looked at yet.
        if (page.Count == limit && limit > 0 && after[^1] != page[^1])
        {
            metadata["continue"] = new ContinueToken(page[^1].Key, image.Version).ToString();
            if (!filter.HasSelectors)
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

    private static void CheckFresh(long? wanted, long current)
    {
        if (!(wanted > current))
            return;
        var why = string.Create(CultureInfo.InvariantCulture, $"Timeout: Too large resource version: {wanted}, current: {current}");
        var details = new JsonObject
        {
            ["causes"] = new JsonArray(
                new JsonObject { ["reason"] = "ResourceVersionTooLarge", ["message"] = "Too large resource version" }),
            ["retryAfterSeconds"] = 1,
        };
        throw new ApiException(new(504, "Timeout", why, details), TimeSpan.FromSeconds(1));
    }

    private StoreImage Image(long? version, ContinueToken? from, bool isExact)
    {
        var image = store.Image;
        if (from is { IsOfNow: true })
            return image;
        if (from is not null)
        {
            return store.ImageAt(from.Version)
                ?? throw new ApiException(ApiStatus.Expired(PageExpired) with { Continue = from.OfNow().ToString() });
        }

        CheckFresh(version, image.Version);
        return isExact && version > 0
            ? store.ImageAt(version.Value) ?? throw new ApiException(ApiStatus.Expired(VersionExpired))
            : image;
    }
}
