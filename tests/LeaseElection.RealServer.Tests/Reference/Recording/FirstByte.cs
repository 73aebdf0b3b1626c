using System.Net.Sockets;

namespace LeaseElection.RealServer.Tests.Reference.Recording;

/// <summary>How a connection begins, seen without reading it: one port serves whatever a client speaks.</summary>
internal static class FirstByte
{
    public const byte Tls = 0x16;

    /// <returns>0 where the client left without a word.</returns>
    public static async Task<byte> PeekAsync(Socket socket, CancellationToken cancellationToken)
    {
        var first = new byte[1];
        return await socket.ReceiveAsync(first, SocketFlags.Peek, cancellationToken) == 1 ? first[0] : (byte)0;
    }
}
