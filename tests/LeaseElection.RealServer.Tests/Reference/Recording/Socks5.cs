using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace LeaseElection.RealServer.Tests.Reference.Recording;

/// <summary>The server's part of a SOCKS5 greeting (RFC 1928, 1929): any user may connect to anywhere.</summary>
internal static class Socks5
{
    public const byte Version = 5;

    private const byte ByPassword = 2, IPv4 = 1, Name = 3;

    /// <summary>Answers up to the point where the tunnel begins.</summary>
    /// <returns>Where the client wants to go, and as whom.</returns>
    public static async Task<(string Target, string? Credentials)> GreetAsync(Stream stream, CancellationToken cancellationToken)
    {
        await BytesAsync(stream, 1, cancellationToken); // the version
        var methods = await TextAsync(stream, cancellationToken);
        var credentials = (string?)null;
        var asks = methods.Contains((char)ByPassword, StringComparison.Ordinal);
        await stream.WriteAsync((byte[])[Version, asks ? ByPassword : (byte)0], cancellationToken);
        if (asks)
        {
            await BytesAsync(stream, 1, cancellationToken);
            credentials = $"{await TextAsync(stream, cancellationToken)}:{await TextAsync(stream, cancellationToken)}";
            await stream.WriteAsync((byte[])[1, 0], cancellationToken);
        }

        var kind = (await BytesAsync(stream, 4, cancellationToken))[3];
        var host = kind switch
        {
            Name => await TextAsync(stream, cancellationToken),
            IPv4 => new IPAddress(await BytesAsync(stream, 4, cancellationToken)).ToString(),
            _ => $"[{new IPAddress(await BytesAsync(stream, 16, cancellationToken))}]",
        };
        var port = BinaryPrimitives.ReadUInt16BigEndian(await BytesAsync(stream, 2, cancellationToken));
        await stream.WriteAsync((byte[])[Version, 0, 0, IPv4, 0, 0, 0, 0, 0, 0], cancellationToken);
        return ($"{host}:{port}", credentials);
    }

    private static async Task<byte[]> BytesAsync(Stream stream, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }

    private static async Task<string> TextAsync(Stream stream, CancellationToken cancellationToken) =>
        Encoding.Latin1.GetString(await BytesAsync(stream, (await BytesAsync(stream, 1, cancellationToken))[0], cancellationToken));
}
