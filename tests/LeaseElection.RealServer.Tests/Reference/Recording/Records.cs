using System.Collections.Concurrent;

namespace LeaseElection.RealServer.Tests.Reference.Recording;

/// <summary>All that one client did at its server and proxies, in any order and from any connection.</summary>
internal sealed class Records
{
    private readonly ConcurrentQueue<Sighting> _sightings = new();
    private readonly ConcurrentQueue<Hop> _hops = new();
    private readonly ConcurrentQueue<string> _refused = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the first request for the Lease.</summary>
    public Task Asked => _asked.Task;

    public void Add(Sighting sighting)
    {
        _sightings.Enqueue(sighting);
        if (ApiAnswers.IsOfTheLease(sighting.Path))
            _asked.TrySetResult();
    }

    public void Add(Hop hop) => _hops.Enqueue(hop);

    /// <summary>A handshake did not come to its end, or to a request: the client does not trust this one.</summary>
    public void Refused(string who) => _refused.Enqueue(who);

    /// <summary>The requests for the Lease; without one, how far it came. Repetitions count for nothing.</summary>
    public IReadOnlyList<string> Lines()
    {
        var asked = _sightings.Where(s => ApiAnswers.IsOfTheLease(s.Path)).SelectMany(s => s.Lines()).Distinct().ToList();
        if (asked.Count > 0)
            return asked;
        string[] rest = [.. _hops.Select(hop => $"through {hop}").Distinct(), .. _refused.Select(who => $"distrusts {who}").Distinct()];
        return rest.Length > 0 ? rest : ["sends nothing"];
    }
}
