using LeaseElection.Connection.Http;

namespace LeaseElection.Store.Sharing;

/// <summary>One election's part in a connection.</summary>
internal sealed class ConnectionShare(KubernetesConnection connection, SharedParts parts, Action leave) : IDisposable
{
    private int _left;

    public KubernetesConnection Connection => connection;

    public SharedParts Parts => parts;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 0)
            leave();
    }
}
