using System.Net;
using System.Net.NetworkInformation;
using System.Security.Cryptography;

namespace LeaseElection.TestKit;

/// <summary>
/// Finds free ports below those that the system hands out for outgoing connections, so that nobody is given ours while a
/// server is stopped.
/// </summary>
public static class LoopbackPorts
{
    public static int[] Free(int count)
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        var free = new HashSet<int>();
        while (free.Count < count)
        {
            var port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            if (!taken.Contains(port))
                free.Add(port);
        }
        return [.. free];
    }

    public static Uri Address(string scheme, int port, string path = "") =>
        new UriBuilder(scheme, IPAddress.Loopback.ToString(), port, path).Uri;
}
