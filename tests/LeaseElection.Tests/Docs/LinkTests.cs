using System.Text.RegularExpressions;
using LeaseElection.TestKit;

namespace LeaseElection.Tests.Docs;

/// <summary>What the documents point at is there: files, headings, and the scripts and projects in their commands.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(Repository.Folder, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Folder, "docs"), "*.md"))
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Folder, "examples"), "README.md", SearchOption.AllDirectories))
                .Select(f => Path.GetRelativePath(Repository.Folder, f)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_LeadSomewhere(string document)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Folder, document))!;
        foreach (var link in Link().Matches(File.ReadAllText(Path.Combine(Repository.Folder, document))).Select(m => m.Groups[1].Value).Where(l => !l.Contains("://", StringComparison.Ordinal)))
        {
            var (path, anchor) = link.Split('#') is [var first, var second] ? (first, second) : (link, null);
            var target = path.Length == 0 ? Path.Combine(Repository.Folder, document) : Path.GetFullPath(Path.Combine(folder, path));
            Assert.True(Path.Exists(target), $"{document}: {link}");
            if (anchor is not null)
                Assert.True(Anchors(File.ReadAllLines(target)).Contains(anchor), $"{document}: {link} has no such heading");
        }
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Commands_NameScriptsAndProjectsThatExist(string document)
    {
        var named = Script().Matches(File.ReadAllText(Path.Combine(Repository.Folder, document))).Select(m => m.Value).Distinct();
        Assert.All(named, path => Assert.True(Path.Exists(Path.Combine(Repository.Folder, path)), $"{document}: {path}"));
    }

    // As GitHub makes them of headings.
    private static HashSet<string> Anchors(IEnumerable<string> lines) =>
        [.. lines.Where(l => l.StartsWith('#')).Select(
            l => Other().Replace(l.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\beng/[a-z-]+\.sh\b|(?<=--project |dotnet build |dotnet pack )(tests|examples|benchmarks|src)/[A-Za-z./]+\b")]
    private static partial Regex Script();

    [GeneratedRegex(@"[^\p{L}\p{N}\- _]")]
    private static partial Regex Other();
}
