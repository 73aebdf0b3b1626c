using LeaseElection.Connection.Http;
using LeaseElection.Leases;
using LeaseElection.Store.Http;
using LeaseElection.Store.Watch;
using Polly;

namespace LeaseElection.Store.Sharing;

/// <summary>What the elections of one connection share besides it: watches, by namespace, and the pace of retries.</summary>
internal sealed class SharedParts(KubernetesConnection connection, TimeSpan requestTimeout, TimeProvider time)
{
    /// <summary>
    /// Up to so many elections in one namespace watch one Lease each; from the next one on, one watch covers all Leases there. A few
    /// streams cost less than the events of Leases that are no election of ours.
    /// </summary>
    public const int MostSingle = 3;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, NamespaceWatch> _watches = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _elections = new(StringComparer.Ordinal);
    private ResiliencePipeline<ReadOutcome>? _reads;

    public Func<double> Jitter { get; } = Connection.Http.Jitter.Create();

    public ResiliencePipeline<ReadOutcome> Reads => _reads ??= ReadRetries.Create(requestTimeout, time, Jitter);

    public NamespaceWatch Of(string @namespace)
    {
        lock (_gate)
        {
            if (!_watches.TryGetValue(@namespace, out var watch))
            {
                watch = new(new(connection, new(connection.Server, @namespace, ""), requestTimeout, time, Jitter) { All = true });
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
