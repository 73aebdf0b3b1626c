using System.Reflection;

namespace LeaseElection.RealServer.Tests.Deploy;

/// <summary>The repository's folders, and the examples that can be deployed.</summary>
internal static class Examples
{
    public static string Repository { get; } = Find();

    /// <summary>Gets every example with a folder "deploy".</summary>
    public static TheoryData<string> Deployable =>
        [.. Directory.EnumerateDirectories(Path.Combine(Repository, "examples")).Where(f => Directory.Exists(Path.Combine(f, "deploy"))).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public static string FileOf(params string[] parts) => Path.Combine([Repository, .. parts]);

    private static string Find()
    {
        var folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        while (!File.Exists(Path.Combine(folder, "LeaseElection.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run in the repository.");
        return folder;
    }
}
