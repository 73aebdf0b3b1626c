using LeaseElection.Benchmarks.Handover;
using LeaseElection.Benchmarks.Measuring.Servers;
using LeaseElection.Benchmarks.Measuring.Statistics;

namespace LeaseElection.Benchmarks.Load;

/// <summary>What happened at the API server while nothing changed.</summary>
/// <param name="Who">Whose electors.</param>
/// <param name="Standbys">How many beside the leader; 0 for the idle server.</param>
/// <param name="Length">For how long it was watched.</param>
/// <param name="Counted">The server's own count.</param>
/// <param name="ToServer">Bytes that passed the proxy that way.</param>
/// <param name="ToClients">And the other way.</param>
/// <param name="Connections">How many there were in all, from the start of the electors.</param>
internal sealed record Window(
    string Who, int Standbys, TimeSpan Length, ServerCounters Counted, long ToServer, long ToClients, int Connections)
{
    public const string RequestsAMinute = "requests a minute";

    public string Case => Who == Contestants.Idle ? "nobody" : HandoverBenchmark.Case(Standbys);

    public long Requests => Counted.Requests.Values.Sum();

    /// <summary>
    /// Gets how many requests the leader sent to read what it then wrote: KubernetesClient's does so each time.
    /// </summary>
    public long LeaderReads => Who == Contestants.KubernetesClient ? Verb("PUT") : 0;

    /// <summary>Gets how many of the requests were the leader's: only it writes.</summary>
    public long OfLeader => Verb("PUT") + LeaderReads;

    public long OfStandbys => Requests - OfLeader;

    public double CpuMsPerMinute => PerMinute(Counted.Cpu.TotalMilliseconds);

    public long Verb(string verb) => Counted.Requests.GetValueOrDefault(verb);

    public double PerMinute(double count) => count / Length.TotalMinutes;

    /// <summary>The windows of one kind as one.</summary>
    public static Window Sum(IEnumerable<Window> rounds) => rounds.Aggregate((sum, next) => sum with
    {
        Length = sum.Length + next.Length,
        Counted = sum.Counted.And(next.Counted),
        ToServer = sum.ToServer + next.ToServer,
        ToClients = sum.ToClients + next.ToClients,
        Connections = Math.Max(sum.Connections, next.Connections),
    });

    /// <summary>All figures of the windows of one kind: a sample for each.</summary>
    public static IEnumerable<Series> Series(IReadOnlyList<Window> rounds)
    {
        foreach (var verb in rounds.SelectMany(round => round.Counted.Requests.Keys).Distinct().Order(StringComparer.Ordinal))
            yield return One(rounds, $"{verb} a minute", "requests", round => round.PerMinute(round.Verb(verb)));
        yield return One(rounds, RequestsAMinute, "requests", round => round.PerMinute(round.Requests));
        yield return One(rounds, "CPU a minute", "ms", round => round.CpuMsPerMinute);
        if (rounds[0].Who == Contestants.Idle)
            yield break;
        yield return One(rounds, "kB to server a minute", "kB", round => round.PerMinute(round.ToServer) / 1000);
        yield return One(rounds, "kB to clients a minute", "kB", round => round.PerMinute(round.ToClients) / 1000);
        yield return One(rounds, "connections", "connections", round => round.Connections);
    }

    private static Series One(IReadOnlyList<Window> rounds, string of, string unit, Func<Window, double> figure) =>
        new(rounds[0].Case, rounds[0].Who, of, unit, [.. rounds.Select(figure)]);
}
