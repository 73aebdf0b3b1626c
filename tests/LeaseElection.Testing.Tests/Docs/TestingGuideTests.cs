namespace LeaseElection.Testing.Tests.Docs;

/// <summary>docs/testing.md shows code that is compiled and run: every line of its C# stands in the example or in the samples beside this file.</summary>
public sealed class TestingGuideTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void EveryLineOfCode_IsCompiledSomewhere()
    {
        string[] folders = [Path.Combine(Root, "examples", "TestingYourWorker"), Path.Combine(Root, "tests", "LeaseElection.Testing.Tests", "Docs")];
        var compiled = folders
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .SelectMany(File.ReadAllLines)
            .Select(line => line.Trim())
            .ToHashSet(StringComparer.Ordinal);
        var shown = CodeLines(File.ReadAllLines(Path.Combine(Root, "docs", "testing.md"))).ToList();

        Assert.True(shown.Count > 20);
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

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LeaseElection.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("These tests run inside the repository.");
    }
}
