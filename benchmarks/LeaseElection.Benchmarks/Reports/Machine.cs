using System.Globalization;
using System.Runtime.InteropServices;

namespace LeaseElection.Benchmarks.Reports;

/// <summary>What a figure was measured on, without anything that names this one machine.</summary>
internal sealed record Machine(int Cores, string Processor, string System, string Runtime, double Load)
{
    /// <summary>Reads it now; the load is that of the last minute.</summary>
    public static Machine Read() => new(
        Environment.ProcessorCount,
        First("/proc/cpuinfo", "model name")?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString(),
        First("/etc/os-release", "PRETTY_NAME=")?["PRETTY_NAME=".Length..].Trim('"') ?? RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        First("/proc/loadavg", "") is { } load ? double.Parse(load.Split(' ')[0], CultureInfo.InvariantCulture) : 0);

    private static string? First(string file, string start) =>
        File.Exists(file) ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal)) : null;
}
