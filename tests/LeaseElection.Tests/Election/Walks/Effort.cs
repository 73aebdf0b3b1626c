using System.Globalization;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>How much the properties try. LEASEELECTION_EFFORT multiplies it for a run by hand; seeds are fresh in every run.</summary>
internal static class Effort
{
    public static int Walks => 20_000 * Factor;

    public static int Worlds => 1_000 * Factor;

    public static int Seed => Variable("LEASEELECTION_SEED");

    private static int Factor { get; } = Variable("LEASEELECTION_EFFORT");

    private static int Variable(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 1;
}
