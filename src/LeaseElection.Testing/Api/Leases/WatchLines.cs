using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Api.Selectors;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>What a watch writes: one JSON object a line.</summary>
internal static class WatchLines
{
    private const string InitialEventsEnd = "k8s.io/initial-events-end";

    /// <summary>The line of a change; null when it does not concern the watch.</summary>
    /// <param name="change">The change.</param>
    /// <param name="filter">What concerns the watch.</param>
    /// <param name="form">Puts the object into the form that the client wants.</param>
    public static byte[]? Of(StoreEvent change, LeaseFilter filter, Func<byte[], byte[]> form)
    {
        var was = change.Before is not null && filter.Matches(change.Before);
        var now = change.After is not null && filter.Matches(change.After);
        return (was, now) switch
        {
            (false, false) => null,
            (false, true) => Line("ADDED", form(change.After!.Json)),
            (true, true) => Line("MODIFIED", form(change.After!.Json)),
            _ => Line("DELETED", form(LastSeen(change))),
        };
    }

    /// <summary>Says how far the watch is.</summary>
    /// <param name="version">All up to this version was told.</param>
    /// <param name="form">Puts the object into the form that the client wants.</param>
    /// <param name="endsInitialEvents">Whether it ends what there was when the watch began.</param>
    public static byte[] Bookmark(long version, Func<byte[], byte[]> form, bool endsInitialEvents = false)
    {
        var metadata = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) };
        if (endsInitialEvents)
            metadata["annotations"] = new JsonObject { [InitialEventsEnd] = "true" };
        return Line("BOOKMARK", form(ApiAnswer.Bytes(new JsonObject
        {
            ["kind"] = "Lease",
            ["apiVersion"] = $"{ApiStatus.Group}/v1",
            ["metadata"] = metadata,
            ["spec"] = new JsonObject(),
        })));
    }

    public static byte[] Error(ApiStatus status) => Line("ERROR", ApiAnswer.Bytes(status.ToJson()));

    // As it was when it last matched, with the version of what happened to it.
    private static byte[] LastSeen(StoreEvent change) => LeaseObjects.Store(change.Key, change.Before!.ToObject(), change.Version).Json;

    private static byte[] Line(string type, byte[] json) =>
        [.. Encoding.ASCII.GetBytes($"{{\"type\":\"{type}\",\"object\":"), .. json, .. "}\n"u8];
}
