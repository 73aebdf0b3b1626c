namespace LeaseElection.Leases.Kubernetes;

/// <summary>The shared watches of one connection, by namespace.</summary>
internal sealed class NamespaceWatches(KubernetesConnection connection, TimeSpan requestTimeout, TimeProvider time)
{
    /// <summary>
    /// So many elections in one namespace watch one Lease each; from the next one on, all Leases there are watched together. A few streams cost
    /// less than the news of Leases that are no election of ours.
    /// </summary>
    public const int MostSingle = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, NamespaceWatch> _watches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _elections = new(StringComparer.Ordinal);

    public NamespaceWatch Of(string @namespace)
    {
        lock (_gate)
        {
            if (!_watches.TryGetValue(@namespace, out var watch))
            {
                watch = new(new(connection, new(connection.Server, @namespace, ""), requestTimeout, time, KubernetesLeaseStores.NewJitter()) { All = true });
                _watches[@namespace] = watch;
            }

            return watch;
        }
    }

    /// <summary>An election in this namespace begins.</summary>
    /// <returns>How many there are, with it.</returns>
    public int Enter(string @namespace)
    {
        lock (_gate)
            return _elections[@namespace] = _elections.GetValueOrDefault(@namespace) + 1;
    }

    public void Leave(string @namespace)
    {
        lock (_gate)
            _elections[@namespace]--;
    }
}
