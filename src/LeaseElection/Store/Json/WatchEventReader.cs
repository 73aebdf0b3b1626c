using System.Runtime.InteropServices;
using System.Text.Json;
using LeaseElection.Leases;

namespace LeaseElection.Store.Json;

/// <summary>Reads one line of a watch.</summary>
internal static class WatchEventReader
{
    public static WatchEvent Read(ReadOnlyMemory<byte> line, Func<string, bool> wants)
    {
        string? name = null;
        try
        {
            using var document = JsonDocument.Parse(line, LeaseJson.Reading);
            return Read(document.RootElement, wants, ref name);
        }
        catch (Exception e) when (LeaseJson.IsFault(e))
        {
            return new WatchEvent.Unreadable(e.Message, name);
        }
    }

    private static WatchEvent Read(JsonElement root, Func<string, bool> wants, ref string? name)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new JsonException("it is not a JSON object");
        var type = root.GetText("type"u8);
        var about = root.GetObject("object"u8) ?? throw new JsonException("it has no object");
        if (type is not ("ADDED" or "MODIFIED" or "DELETED"))
        {
            return type switch
            {
                "BOOKMARK" => Bookmark(about),
                "ERROR" => new WatchEvent.Error(ServerStatus.Read(about)),
                _ => throw new JsonException($"its type '{type}' is unknown"),
            };
        }

        if (LeaseReader.NameOf(about) is not { } found || !wants(found))
            return new WatchEvent.Foreign();
        name = found;
        return type == "DELETED" ? Deleted(about, found) : Seen(about, found);
    }

    private static WatchEvent.Says Seen(JsonElement about, string name)
    {
        // The line's buffer is used again for the next one: the Lease keeps a copy of its own part.
        var lease = LeaseReader.Read(about, JsonMarshal.GetRawUtf8Value(about).ToArray());
        return new(name, new WatchSignal.Seen(lease), lease.Version);
    }

    private static WatchEvent.Says Deleted(JsonElement about, string name)
    {
        var version = Version(about);
        return new(name, new WatchSignal.Deleted(version), version);
    }

    private static WatchEvent.Says Bookmark(JsonElement about)
    {
        var version = Version(about);
        return new(null, new WatchSignal.Bookmark(version), version);
    }

    private static long Version(JsonElement about) =>
        LeaseReader.VersionOf(about.GetObject("metadata"u8) ?? throw new JsonException("its object has no metadata"));
}
