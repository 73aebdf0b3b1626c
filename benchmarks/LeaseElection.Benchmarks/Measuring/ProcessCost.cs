using System.Globalization;

namespace LeaseElection.Benchmarks.Measuring;

/// <summary>What the kernel says that a process has used so far.</summary>
/// <param name="Processor">Of all its threads, in user and kernel mode; counted in hundredths of a second.</param>
/// <param name="Resident">Memory that is really there, in bytes.</param>
/// <param name="Connections">TCP connections that are established to the server's port.</param>
internal readonly record struct ProcessCost(TimeSpan Processor, long Resident, int Connections)
{
    // USER_HZ: Linux tells user space of hundredths, whatever the kernel's own tick.
    private const int TicksPerSecond = 100;

    public static ProcessCost Of(int id, int serverPort) => new(ProcessorOf(id), ResidentOf(id), ConnectionsOf(id, serverPort));

    public static TimeSpan ProcessorOf(int id) => ReadProcessor(File.ReadAllText($"/proc/{id}/stat"));

    /// <summary>The time in the text of /proc/PID/stat.</summary>
    public static TimeSpan ReadProcessor(string stat)
    {
        // "pid (name) state …": the name may hold anything, so look behind its last bracket. The 14th and 15th of all are user and system
        // time.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    private static long ResidentOf(int id)
    {
        var line = File.ReadLines($"/proc/{id}/status").First(static l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    private static int ConnectionsOf(int id, int serverPort)
    {
        var sockets = Directory.EnumerateFileSystemEntries($"/proc/{id}/fd")
            .Select(static fd => new FileInfo(fd).LinkTarget)
            .Where(static target => target is not null && target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(static target => target!["socket:[".Length..^1])
            .ToHashSet(StringComparer.Ordinal);
        var port = $":{serverPort:X4}";
        return new[] { "tcp", "tcp6" }
            .SelectMany(kind => File.ReadLines($"/proc/{id}/net/{kind}").Skip(1))
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Count(fields => fields[3] == "01" && fields[2].EndsWith(port, StringComparison.Ordinal) && sockets.Contains(fields[9]));
    }
}
