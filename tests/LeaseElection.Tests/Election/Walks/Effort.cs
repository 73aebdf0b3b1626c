using System.Globalization;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>How much the properties try. LEASEELECTION_EFFORT multiplies it for a run by hand; seeds are fresh in every run.</summary>
internal static class Effort
{
    public static int Walks => 20_000 * Factor;

    public static int Worlds => 1_000 * Factor;

    private static int Factor { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("LEASEELECTION_EFFORT"), NumberStyles.None, CultureInfo.InvariantCulture, out var factor) ? factor : 1;
}
