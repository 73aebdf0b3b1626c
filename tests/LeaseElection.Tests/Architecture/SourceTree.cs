using LeaseElection.TestKit;

namespace LeaseElection.Tests.Architecture;

/// <summary>The sources of the packages, as they lie in the repository.</summary>
internal static class SourceTree
{
    /// <summary>Every file of a project of src/, with its path below the project's folder, with forward slashes.</summary>
    public static IReadOnlyList<(string Path, string[] Lines)> Files(string project)
    {
        var root = Repository.PathOf("src", project);
        return
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file => (Path: Path.GetRelativePath(root, file).Replace('\\', '/'), File: file))
                .Where(f => !f.Path.StartsWith("obj/", StringComparison.Ordinal) && !f.Path.StartsWith("bin/", StringComparison.Ordinal))
                .Select(f => (f.Path, File.ReadAllLines(f.File))),
        ];
    }
}
