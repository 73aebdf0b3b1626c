using System.Globalization;
using System.Text.RegularExpressions;

namespace LeaseElection.Benchmarks.Measuring.Servers;

/// <summary>
/// What kube-apiserver has done since it was started: its requests for Leases by verb, as it counts them itself, and its CPU.
/// </summary>
/// <param name="Requests">By verb. A watch is counted when it ends.</param>
/// <param name="Cpu">User and system time of the process.</param>
internal sealed partial record ServerCounters(IReadOnlyDictionary<string, long> Requests, TimeSpan Cpu)
{
    /// <summary>Reads before something is measured: first what costs the server CPU itself.</summary>
    public static async Task<ServerCounters> BeforeAsync(
        ControlPlane plane, RawConnection administrator, CancellationToken cancellationToken)
    {
        var requests = await RequestsAsync(administrator, cancellationToken);
        return new(requests, ProcessorTime(plane));
    }

    /// <summary>Reads after it: last what costs CPU.</summary>
    public static async Task<ServerCounters> AfterAsync(
        ControlPlane plane, RawConnection administrator, CancellationToken cancellationToken)
    {
        var cpu = ProcessorTime(plane);
        return new(await RequestsAsync(administrator, cancellationToken), cpu);
    }

    /// <summary>The requests for Leases in the text of /metrics, by verb; all answers together.</summary>
    public static IReadOnlyDictionary<string, long> ReadRequests(string metrics) => metrics.Split('\n')
        .Where(line => line.StartsWith("apiserver_request_total{", StringComparison.Ordinal) && line.Contains(
            "resource=\"leases\"", StringComparison.Ordinal))
        .Select(line => (
            Verb: Verb().Match(line).Groups["verb"].Value,
            Count: (long)double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture)))
        .GroupBy(line => line.Verb)
        .ToDictionary(verb => verb.Key, verb => verb.Sum(line => line.Count));

    /// <summary>What was done between an earlier reading and this one. Verbs that nobody used are left out.</summary>
    public ServerCounters Since(ServerCounters earlier) => new(
        Requests.Select(verb => (verb.Key, Count: verb.Value - earlier.Requests.GetValueOrDefault(verb.Key)))
            .Where(verb => verb.Count > 0)
            .ToDictionary(verb => verb.Key, verb => verb.Count),
        Cpu - earlier.Cpu);

    /// <summary>What was done in both spans together.</summary>
    public ServerCounters And(ServerCounters other) => new(
        Requests.Concat(other.Requests).GroupBy(verb => verb.Key).ToDictionary(verb => verb.Key, verb => verb.Sum(one => one.Value)),
        Cpu + other.Cpu);

    private static async Task<IReadOnlyDictionary<string, long>> RequestsAsync(
        RawConnection administrator, CancellationToken cancellationToken) =>
        ReadRequests(await administrator.GetAsync("metrics", cancellationToken));

    private static TimeSpan ProcessorTime(ControlPlane plane) =>
        ProcessCost.ProcessorOf(plane.ApiServer.ProcessId ?? throw new InvalidOperationException("kube-apiserver is stopped"));

    [GeneratedRegex("verb=\"(?<verb>[A-Z]+)\"")]
    private static partial Regex Verb();
}
