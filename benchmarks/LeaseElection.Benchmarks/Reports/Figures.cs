using System.Globalization;

namespace LeaseElection.Benchmarks.Reports;

/// <summary>Numbers for people: three digits that matter.</summary>
internal static class Figures
{
    public static string Short(double number) => Math.Abs(number) switch
    {
        >= 100 => number.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => number.ToString("0.#", CultureInfo.InvariantCulture),
        _ => number.ToString("0.##", CultureInfo.InvariantCulture),
    };

    public static string Ratio(double one, double other) =>
        other == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Short(one / other)} x");
}
