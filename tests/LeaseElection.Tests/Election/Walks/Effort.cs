using System.Globalization;

namespace LeaseElection.Tests.Election.Walks;

/// <summary>
/// How much the properties try. LEASEELECTION_EFFORT multiplies it for a run by hand, or divides it (0.02: eng/mutate.sh runs them a thousand
/// times); seeds are fresh in every run.
/// </summary>
internal static class Effort
{
    public static int Walks => Scaled(20_000);

    public static int Worlds => Scaled(1_000);

    public static int Seed => Variable("LEASEELECTION_SEED");

    private static double Factor { get; } =
        double.TryParse(Environment.GetEnvironmentVariable("LEASEELECTION_EFFORT"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) ? factor : 1;

    private static int Scaled(int tries) => Math.Max(1, (int)(tries * Factor));

    private static int Variable(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 1;
}
