using System.Globalization;

namespace LeaseElection.Simulation.Oracles;

/// <summary>
/// Judges how much one replica asks of the server while nothing is wrong: a write for each renewal, and three reads a lease.
/// </summary>
internal sealed class StormOracle(Oracle oracle)
{
    // Of a hand-over: an acquire, a release, and reads beside them.
    private const int Spare = 10;
    private const double FastestClock = 1.1;

    public void Judge(string who, long requests, TimeSpan time, TimeSpan renewInterval, TimeSpan shortestLease)
    {
        var most = (time * FastestClock / renewInterval) + (time * FastestClock * 3 / shortestLease) + Spare;
        if (requests > most)
            oracle.Report(OracleKind.Storm, string.Create(
                CultureInfo.InvariantCulture,
                $"{who} sent {requests} requests in a calm of {time.TotalSeconds:F1} s, more than {most:F0}"));
    }
}
