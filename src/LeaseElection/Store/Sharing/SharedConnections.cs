using LeaseElection.Connection;
using LeaseElection.Connection.Http;

namespace LeaseElection.Store.Sharing;

/// <summary>
/// The connections of this process: elections that were given the same access, with the same timeout, travel on one. A connection
/// ends with its last election.
/// </summary>
internal static class SharedConnections
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<Key, (KubernetesConnection Connection, SharedParts Parts, int Users)> Open = [];

    /// <summary>Joins a connection; the first to join makes it.</summary>
    /// <exception cref="k8s.Exceptions.KubeConfigException">The configuration cannot be used.</exception>
    public static ConnectionShare Join(ServerAccess access, TimeSpan requestTimeout, TimeProvider time)
    {
        var key = new Key(access, requestTimeout, time);
        lock (Gate)
        {
            if (!Open.TryGetValue(key, out var shared))
            {
#pragma warning disable CA2000 // The last to leave disposes it.
                var connection = new KubernetesConnection(access, requestTimeout, time);
#pragma warning restore CA2000
                shared = (connection, new(connection, requestTimeout, time), 0);
            }

            Open[key] = shared with { Users = shared.Users + 1 };
            return new(shared.Connection, shared.Parts, () => Leave(key));
        }
    }

    private static void Leave(Key key)
    {
        lock (Gate)
        {
            var shared = Open[key];
            if (shared.Users > 1)
            {
                Open[key] = shared with { Users = shared.Users - 1 };
                return;
            }

            Open.Remove(key);
            shared.Connection.Dispose();
        }
    }

    private readonly record struct Key(ServerAccess Access, TimeSpan RequestTimeout, TimeProvider Time);
}
