using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LeaseElection.Connection.Proxies;

/// <summary>
/// Asks a SOCKS proxy (version 5, RFC 1928 and 1929) for a way to the server. The proxy resolves the server's name, as in Go.
/// </summary>
internal static class SocksTunnel
{
    private const byte Version = 5, Connect = 1, PasswordVersion = 1;
    private const byte Nobody = 0, Password = 2;
    private const byte Version4 = 1, Name = 3, Version6 = 4;

    private static readonly string[] Faults =
    [
        "", "general failure", "not allowed by its rules", "network unreachable", "host unreachable", "connection refused",
        "time to live expired", "command not supported", "kind of address not supported",
    ];

    /// <param name="proxy">The connection to the proxy; afterwards, to the server.</param>
    /// <param name="name">The proxy, for people.</param>
    /// <param name="server">Where to.</param>
    /// <param name="caller">Whom to be at the proxy.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="IOException">The proxy refuses.</exception>
    public static async Task OpenAsync(
        Stream proxy, string name, DnsEndPoint server, NetworkCredential? caller, CancellationToken cancellationToken)
    {
        try
        {
            await GreetAsync(proxy, name, caller, cancellationToken).ConfigureAwait(false);
            await proxy.WriteAsync(Request(server), cancellationToken).ConfigureAwait(false);
            var answer = await ReadAsync(proxy, 4, cancellationToken).ConfigureAwait(false);
            if (answer[0] != Version)
                throw Foreign(name);
            if (answer[1] != 0)
                throw new IOException(
                    $"The proxy {name} does not connect to {server.Host}:{server.Port}: "
                    + $"{Faults.ElementAtOrDefault(answer[1]) ?? $"reply {answer[1]}"}. Let the proxy allow and reach this server.");
            await SkipAddressAsync(proxy, answer[3], cancellationToken).ConfigureAwait(false);
        }
        catch (EndOfStreamException e)
        {
            throw new IOException($"The proxy {name} closed the connection instead of answering. Is it a socks5 proxy?", e);
        }
    }

    private static async Task GreetAsync(Stream proxy, string name, NetworkCredential? caller, CancellationToken cancellationToken)
    {
        byte[] greeting = caller is null ? [Version, 1, Nobody] : [Version, 2, Nobody, Password];
        await proxy.WriteAsync(greeting, cancellationToken).ConfigureAwait(false);
        var choice = await ReadAsync(proxy, 2, cancellationToken).ConfigureAwait(false);
        if (choice[0] != Version)
            throw Foreign(name);
        if (choice[1] == Nobody)
            return;
        if (choice[1] != Password || caller is null)
            throw new IOException(
                $"The proxy {name} wants to know who we are. Put user and password into its address: socks5://user:password@host:port.");
        byte[] login = [PasswordVersion, .. Counted(caller.UserName), .. Counted(caller.Password)];
        await proxy.WriteAsync(login, cancellationToken).ConfigureAwait(false);
        if ((await ReadAsync(proxy, 2, cancellationToken).ConfigureAwait(false))[1] != 0)
            throw new IOException($"The proxy {name} refuses the user and password in its address: correct them.");
    }

    private static byte[] Request(DnsEndPoint server)
    {
        var port = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(port, (ushort)server.Port);
        return [Version, Connect, 0, .. AddressOf(server.Host), .. port];
    }

    private static byte[] AddressOf(string host) => AddressText.Parse(host) is { } address
        ? [address.AddressFamily == AddressFamily.InterNetwork ? Version4 : Version6, .. address.GetAddressBytes()]
        : [Name, .. Counted(host)];

    private static byte[] Counted(string text) =>
        Encoding.UTF8.GetBytes(text) is { Length: <= byte.MaxValue } bytes
            ? [(byte)bytes.Length, .. bytes]
            : throw new IOException($"A socks5 proxy takes texts of 255 bytes at most, and one for it has {text.Length} characters.");

    // The address that the proxy uses towards the server is of no use to us.
    private static async Task SkipAddressAsync(Stream proxy, byte kind, CancellationToken cancellationToken)
    {
        var length = kind switch
        {
            Version4 => 4,
            Version6 => 16,
            _ => (await ReadAsync(proxy, 1, cancellationToken).ConfigureAwait(false))[0],
        };
        await ReadAsync(proxy, length + 2, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<byte[]> ReadAsync(Stream proxy, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await proxy.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    private static IOException Foreign(string name) =>
        new($"The proxy {name} does not speak socks5: is it an http proxy? Then its address begins with http://.");
}
