using System.Net;

namespace LeaseElection.Connection.Proxies;

/// <summary>
/// The value of NO_PROXY, read as Go reads it: addresses, ranges of addresses, and domains, each but a range with or without a port;
/// <c>*</c> names everything. The loopback address and <c>localhost</c> are always named.
/// </summary>
internal sealed class NoProxyList
{
    private readonly bool _everything;
    private readonly List<NoProxyEntry> _entries;

    public NoProxyList(string? value)
    {
        var texts = (value ?? "").ToLowerInvariant().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        _everything = texts.Contains("*");
        _entries = [.. texts.Select(NoProxyEntry.Parse).OfType<NoProxyEntry>()];
    }

    /// <summary>Whether this server is to be reached without a proxy.</summary>
    /// <param name="host">A DNS name or an IP address without brackets.</param>
    /// <param name="port">Its port.</param>
    public bool Names(string host, int port)
    {
        host = host.ToLowerInvariant();
        if (host == "localhost" || _everything)
            return true;
        var address = AddressText.Parse(host);
        return (address is not null && IPAddress.IsLoopback(address)) || _entries.Exists(entry => entry.Names(host, address, port));
    }
}
