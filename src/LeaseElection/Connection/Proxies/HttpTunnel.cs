using System.Globalization;
using System.Net;
using System.Text;

namespace LeaseElection.Connection.Proxies;

/// <summary>
/// Asks an HTTP proxy for a way to the server (CONNECT). User and password go with the first request, as in Go: SocketsHttpHandler waits
/// for a 407 first, which not every proxy sends.
/// </summary>
internal static class HttpTunnel
{
    private const int LongestHead = 16 * 1024;

    /// <param name="proxy">The connection to the proxy; afterwards, to the server.</param>
    /// <param name="name">The proxy, for people.</param>
    /// <param name="server">Host and port, an address of version 6 in brackets.</param>
    /// <param name="caller">Whom to be at the proxy.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The proxy refuses.</exception>
    public static async Task OpenAsync(
        Stream proxy, string name, string server, NetworkCredential? caller, CancellationToken cancellationToken)
    {
        var request = $"CONNECT {server} HTTP/1.1\r\nHost: {server}\r\nUser-Agent: LeaseElection\r\n{Authorization(caller)}\r\n";
        await proxy.WriteAsync(Encoding.ASCII.GetBytes(request), cancellationToken).ConfigureAwait(false);
        await proxy.FlushAsync(cancellationToken).ConfigureAwait(false);
        var line = await ReadStatusAsync(proxy, name, cancellationToken).ConfigureAwait(false);
        var status = StatusOf(line) ?? throw new IOException(
            $"The proxy {name} does not speak HTTP: it began with '{line}'. Is it a socks5 or https proxy?");
        if (status is < 200 or > 299)
            throw new IOException($"The proxy {name} answered '{line}' to CONNECT {server}. {Advice(status, caller)}");
    }

    private static string Authorization(NetworkCredential? caller) => caller is null
        ? ""
        : $"Proxy-Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{caller.UserName}:{caller.Password}"))}\r\n";

    private static string Advice(int status, NetworkCredential? caller) => status switch
    {
        407 when caller is null => "Put user and password into the proxy's address: http://user:password@host:port.",
        407 => "Correct user and password in the proxy's address; only basic authentication is supported.",
        _ => "Let the proxy allow this server, or name the server in NO_PROXY where it is reached directly.",
    };

    // The server says nothing before we do, so whatever follows the head is no part of what comes next.
    private static async Task<string> ReadStatusAsync(Stream proxy, string name, CancellationToken cancellationToken)
    {
        var head = new byte[LongestHead];
        for (var length = 0; length < head.Length;)
        {
            var count = await proxy.ReadAsync(head.AsMemory(length), cancellationToken).ConfigureAwait(false);
            length += count;
            if (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0 || (count == 0 && length > 0) || (length > 3 && head[0] != 'H'))
                return FirstLine(head.AsSpan(0, length));
            if (count == 0)
                throw new IOException($"The proxy {name} closed the connection instead of answering to CONNECT.");
        }

        throw new IOException($"The proxy {name} answered with more than {LongestHead} bytes of headers.");
    }

    private static string FirstLine(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOfAny((byte)'\r', (byte)'\n');
        return string.Concat(Encoding.Latin1.GetString(end < 0 ? head : head[..end]).Take(120).Select(c => char.IsControl(c) ? '?' : c));
    }

    private static int? StatusOf(string line) =>
        line.StartsWith("HTTP/", StringComparison.Ordinal)
        && line.Split(' ') is [_, var code, ..]
        && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;
}
