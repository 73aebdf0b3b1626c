using System.Net.Sockets;

namespace LeaseElection.Connection.Http;

/// <summary>Whether a request failed because nobody listens at the server's address and port.</summary>
internal static class Refusals
{
    public static bool Is(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (inner is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
                return true;
        }

        return false;
    }
}
