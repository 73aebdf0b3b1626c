namespace LeaseElection.Tests.Architecture;

/// <summary>The library's source, as it lies in the repository.</summary>
internal static class SourceTree
{
    // From the test's own folder upwards: the compiler's paths are mapped away in deterministic builds.
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LeaseElection.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException("These tests run inside the repository."), "src", "LeaseElection");
    }

    /// <summary>Every file with its path below the root, with forward slashes.</summary>
    public static IEnumerable<(string Path, string[] Lines)> Files()
    {
        var root = Root();
        return Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(root, file).Replace('\\', '/'), File: file))
            .Where(f => !f.Path.StartsWith("obj/", StringComparison.Ordinal) && !f.Path.StartsWith("bin/", StringComparison.Ordinal))
            .Select(f => (f.Path, File.ReadAllLines(f.File)));
    }
}
