using System.Globalization;
using System.Net;

namespace LeaseElection.Connection.Proxies;

/// <summary>One entry of NO_PROXY.</summary>
internal abstract record NoProxyEntry
{
    private static readonly IdnMapping Idn = new();

    private NoProxyEntry()
    {
    }

    /// <param name="text">The entry in small letters, trimmed.</param>
    /// <returns>Null when it names nothing.</returns>
    public static NoProxyEntry? Parse(string text)
    {
        if (AddressText.ParseRange(text) is { } range)
            return new Range(range);
        var (host, port) = SplitPort(text);
        if (host.Length == 0)
            return null;
        if (AddressText.Parse(host) is { } address)
            return new Address(address, port);
        if (host.StartsWith("*.", StringComparison.Ordinal))
            host = host[1..];
        return host[0] == '.' ? new Domain(Ascii(host), port, Itself: false) : new Domain("." + Ascii(host), port, Itself: true);
    }

    /// <param name="host">The server's host, in small letters.</param>
    /// <param name="address">The same as an address; null when it is a name.</param>
    /// <param name="port">The server's port.</param>
    public abstract bool Names(string host, IPAddress? address, int port);

    // Of a:b, [a]:b and nothing else: an address of version 6 has colons of its own.
    private static (string Host, string? Port) SplitPort(string text)
    {
        var at = text.LastIndexOf(':');
        if (at < 0)
            return (text, null);
        var host = text[..at];
        if (host.StartsWith('[') && host.EndsWith(']'))
            return (host[1..^1], text[(at + 1)..]);
        return host.Contains(':', StringComparison.Ordinal) || host.Contains('[', StringComparison.Ordinal)
            ? (text, null)
            : (host, text[(at + 1)..]);
    }

    private static string Ascii(string domain)
    {
        try
        {
            return domain[0] == '.' ? "." + Idn.GetAscii(domain[1..]) : Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return domain; // no name of the DNS: it matches as it is written
        }
    }

    private static bool Fits(string? wanted, int port) =>
        string.IsNullOrEmpty(wanted) || wanted == port.ToString(CultureInfo.InvariantCulture);

    private sealed record Range(IPNetwork Network) : NoProxyEntry
    {
        public override bool Names(string host, IPAddress? address, int port) => address is not null && Network.Contains(address);
    }

    private sealed record Address(IPAddress Wanted, string? Port) : NoProxyEntry
    {
        public override bool Names(string host, IPAddress? address, int port) => Wanted.Equals(address) && Fits(Port, port);
    }

    /// <param name="Suffix">With its leading dot.</param>
    /// <param name="Port">Null or empty: any.</param>
    /// <param name="Itself">Whether the domain itself counts, too, and not its subdomains alone.</param>
    private sealed record Domain(string Suffix, string? Port, bool Itself) : NoProxyEntry
    {
        public override bool Names(string host, IPAddress? address, int port) =>
            address is null && Fits(Port, port)
            && (host.EndsWith(Suffix, StringComparison.Ordinal) || (Itself && host.AsSpan().SequenceEqual(Suffix.AsSpan(1))));
    }
}
