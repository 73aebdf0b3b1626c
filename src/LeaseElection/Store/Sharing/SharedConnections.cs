using k8s;
using LeaseElection.Connection.Http;

namespace LeaseElection.Store.Sharing;

/// <summary>
/// The connections of this process: elections that were given the same configuration, with the same timeout, travel on one. A connection
/// ends with its last election.
/// </summary>
internal static class SharedConnections
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<Key, (KubernetesConnection Connection, SharedParts Parts, int Users)> Open = [];

    /// <summary>Joins a connection; the first to join makes it.</summary>
    /// <exception cref="k8s.Exceptions.KubeConfigException">The configuration cannot be used.</exception>
    public static ConnectionShare Join(KubernetesClientConfiguration configuration, TimeSpan requestTimeout, TimeProvider time)
    {
        var key = Key.Of(configuration, requestTimeout, time);
        lock (Gate)
        {
            if (!Open.TryGetValue(key, out var shared))
            {
#pragma warning disable CA2000 // The last to leave disposes it.
                var connection = new KubernetesConnection(configuration, requestTimeout, time);
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

    // What a connection reads of a configuration. The application may change that object between two elections:
    // then it counts as another one.
    private sealed record Key(
        KubernetesClientConfiguration Configuration, TimeSpan RequestTimeout, TimeProvider Time,
        (string, string, bool, bool, string) Server,
        (string, string, string, object?) Caller, (string, string, string, string) Certificate, (object?, object?) Handling)
    {
        public static Key Of(KubernetesClientConfiguration from, TimeSpan requestTimeout, TimeProvider time) => new(
            from, requestTimeout, time, (from.Host, from.TlsServerName, from.SkipTlsVerify, from.DisableHttp2, from.UserAgent),
            (from.AccessToken, from.Username, from.Password, from.TokenProvider),
            (from.ClientCertificateData, from.ClientCertificateKeyData, from.ClientCertificateFilePath, from.ClientKeyFilePath),
            (from.SslCaCerts, from.FirstMessageHandlerSetup));
    }
}
