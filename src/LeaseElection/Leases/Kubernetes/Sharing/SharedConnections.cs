using k8s;

namespace LeaseElection.Leases.Kubernetes;

/// <summary>
/// The connections of this process: elections that were given the same configuration, with the same timeout, travel on one. A connection ends
/// with its last election.
/// </summary>
internal static class SharedConnections
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<Key, (KubernetesConnection Connection, SharedParts Parts, int Users)> Open = [];

    /// <summary>Takes part in a connection, which is made for the first.</summary>
    /// <exception cref="k8s.Exceptions.KubeConfigException">The configuration cannot be used.</exception>
    public static ConnectionShare Join(KubernetesClientConfiguration configuration, TimeSpan requestTimeout, TimeProvider time)
    {
        var key = new Key(
            configuration, requestTimeout, time, configuration.Host, configuration.TlsServerName, configuration.SkipTlsVerify, configuration.AccessToken,
            configuration.TokenProvider, configuration.SslCaCerts);
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

    // A configuration is an object that the application may change between two elections: then it is another one.
    private sealed record Key(
        KubernetesClientConfiguration Configuration, TimeSpan RequestTimeout, TimeProvider Time, string Host, string TlsServerName, bool SkipTlsVerify,
        string AccessToken, object TokenProvider, object SslCaCerts)
    {
        public bool Equals(Key? other) => other is not null && ReferenceEquals(Configuration, other.Configuration) && RequestTimeout == other.RequestTimeout
            && ReferenceEquals(Time, other.Time) && Host == other.Host && TlsServerName == other.TlsServerName && SkipTlsVerify == other.SkipTlsVerify
            && AccessToken == other.AccessToken && ReferenceEquals(TokenProvider, other.TokenProvider) && ReferenceEquals(SslCaCerts, other.SslCaCerts);

        public override int GetHashCode() => HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Configuration), RequestTimeout);
    }
}
