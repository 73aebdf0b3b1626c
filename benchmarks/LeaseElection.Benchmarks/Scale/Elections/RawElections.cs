using LeaseElection.Benchmarks.Measuring;
using LeaseElection.Benchmarks.Measuring.Servers;

namespace LeaseElection.Benchmarks.Scale.Elections;

/// <summary>The floor: one Lease each that is written as often as our leaders write theirs, and nothing else.</summary>
internal sealed class RawElections(RawConnection connection, Tally tally) : IElections
{
    private static readonly TimeSpan RenewInterval = TimeSpan.FromSeconds(3);

    private readonly Random _random = new(1);

    public async Task RunAsync(string name)
    {
        var version = await connection.CreateAsync(name, "floor", CancellationToken.None);
        tally.Know();
        await Clock.PassAsync(RenewInterval * Fraction(), CancellationToken.None);
        while (true)
        {
            version = await connection.PutAsync(name, "floor", version, CancellationToken.None);
            await Clock.PassAsync(RenewInterval, CancellationToken.None);
        }
    }

    // Spread, as ours are. Each goes on from whatever thread its answer came on.
    private double Fraction()
    {
        lock (_random)
            return _random.NextDouble();
    }
}
