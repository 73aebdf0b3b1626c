namespace LeaseElection.Testing.Tests.Docs;

/// <summary>
/// The docs show code that is compiled, and docs/testing.md's is run: every line of C# stands in the example or in the samples beside this
/// file.
/// </summary>
public sealed class TestingGuideTests
{
    private static readonly string Root = Repository.Folder;

    public static TheoryData<string> Documents =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Append(Path.Combine(Root, "README.md")).Where(f => CodeLines(File.ReadAllLines(f)).Any()).Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Documents_WithCode_AreFound() => Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "README.md", "docs/getting-started.md", "docs/testing.md", "docs/operations.md", "docs/observability.md" }, Documents.Select(d => d.Data).ToHashSet(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Documents))]
    public void EveryLineOfCode_IsCompiledSomewhere(string document)
    {
        string[] folders = [Path.Combine(Root, "examples", "TestingYourWorker"), Path.Combine(
            Root, "tests", "LeaseElection.Testing.Tests", "Docs")];
        var compiled = folders
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .SelectMany(File.ReadAllLines)
            .Select(line => line.Trim())
            .ToHashSet(StringComparer.Ordinal);
        var shown = CodeLines(File.ReadAllLines(Path.Combine(Root, document))).ToList();

        Assert.NotEmpty(shown);
        Assert.DoesNotContain(shown, line => !compiled.Contains(line));
    }

    [Fact]
    public void EveryFault_IsInTheTable()
    {
        var guide = File.ReadAllText(Path.Combine(Root, "docs", "testing.md"));
        var faults = typeof(Fault).GetMethods().Where(m => m.IsStatic && m.ReturnType == typeof(Fault)).Select(m => m.Name);

        Assert.DoesNotContain(faults, name => !guide.Contains($"`{name}(", StringComparison.Ordinal));
    }

    private static IEnumerable<string> CodeLines(string[] lines)
    {
        var inCode = false;
        foreach (var line in lines.Select(l => l.Trim()))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
                inCode = line == "```csharp";
            else if (inCode && line.Length > 0)
                yield return line;
        }
    }
}
