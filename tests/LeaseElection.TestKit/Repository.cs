namespace LeaseElection.TestKit;

/// <summary>The repository that the tests run in.</summary>
public static class Repository
{
    /// <summary>
    /// Gets its folder: the one of LeaseElection.sln, from the test's own upwards. The compiler's paths are mapped away in deterministic
    /// builds.
    /// </summary>
    public static string Folder { get; } = Find();

    /// <summary>Gets the path of a file or folder in it.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Folder, .. parts]);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "LeaseElection.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException(
                "These tests run inside the repository, which has LeaseElection.sln; this program does not.");
        return folder;
    }
}
