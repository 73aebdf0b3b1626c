using LeaseElection.TestKit;

namespace LeaseElection.Tests.Architecture;

/// <summary>The library's source, as it lies in the repository.</summary>
internal static class SourceTree
{
    public static string Root() => Repository.PathOf("src", "LeaseElection");

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
