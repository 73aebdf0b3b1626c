using LeaseElection.TestKit;

namespace LeaseElection.Tests.Architecture;

/// <summary>
/// What the compiled edges between rooms (<see cref="CycleTests"/>) do not show: packages, pure code, and the size of files.
/// </summary>
public sealed class LayeringTests
{
    private static readonly IReadOnlyList<(string Path, string[] Lines)> Core = SourceTree.Files("LeaseElection.Core");

    [Fact]
    public void SourceTree_IsFound() => Assert.True(Core.Count > 100, $"only {Core.Count} files");

    [Fact]
    public void Election_IsPure()
    {
        string[] forbidden = ["Task", "TimeProvider", "ILogger", "DateTimeOffset.Now", "Random.Shared", "new Random", "Thread", "Channel<"];
        foreach (var (path, lines) in In("Election/"))
            Assert.All(forbidden, word => Assert.False(lines.Any(l => !IsComment(l) && Uses(l, word)), $"{path} uses {word}"));
    }

    [Fact]
    public void Core_ReferencesNoKubernetesYamlPollyOrAspNet()
    {
        string[] forbidden = ["k8s", "KubernetesClient", "YamlDotNet", "Polly", "Microsoft.AspNetCore"];
        var references = typeof(LeaderElector).Assembly.GetReferencedAssemblies().Select(static a => a.Name!);

        Assert.DoesNotContain(references, name => forbidden.Any(f => name.StartsWith(f, StringComparison.Ordinal)));
        var project = File.ReadAllText(Repository.PathOf("src", "LeaseElection.Core", "LeaseElection.Core.csproj"));
        Assert.DoesNotContain(forbidden, f => project.Contains($"Include=\"{f}", StringComparison.Ordinal));
    }

    [Fact]
    public void MicrosoftExtensionsHosting_IsNamedOnlyByHosting() =>
        Assert.DoesNotContain(
            Core.Where(f => !f.Path.StartsWith("Hosting/", StringComparison.Ordinal)),
            f => f.Lines.Any(l => l.Contains("Microsoft.Extensions.Hosting", StringComparison.Ordinal)));

    [Fact]
    public void Rooms_AreSmall()
    {
        List<(string Path, string[] Lines)> files = [.. Core, .. SourceTree.Files("LeaseElection")];

        Assert.DoesNotContain(files, f => f.Lines.Length > 400);
        var sizes = files.Select(f => f.Lines.Length).Order().ToList();
        Assert.InRange(sizes[sizes.Count / 2], 1, 70);
        Assert.InRange(sizes[sizes.Count * 9 / 10], 1, 200);
    }

    // The max_line_length of .editorconfig, which the compiler does not enforce.
    [Fact]
    public void Lines_AreAtMost140CharactersLong() =>
        Assert.Empty(
            from file in Core.Concat(SourceTree.Files("LeaseElection"))
            from line in file.Lines.Index()
            where line.Item.Length > 140
            select $"{file.Path}:{line.Index + 1}: {line.Item.Length} characters");

    private static IEnumerable<(string Path, string[] Lines)> In(string folder)
    {
        var found = Core.Where(f => f.Path.StartsWith(folder, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(found);
        return found;
    }

    private static bool IsComment(string line) => line.TrimStart().StartsWith("//", StringComparison.Ordinal);

    // The word as a word: "Task" but not "TaskForce".
    private static bool Uses(string line, string word)
    {
        var at = line.IndexOf(word, StringComparison.Ordinal);
        return at >= 0
            && (at == 0 || !char.IsLetterOrDigit(line[at - 1]))
            && (!char.IsLetterOrDigit(word[^1]) || at + word.Length == line.Length || !char.IsLetterOrDigit(line[at + word.Length]));
    }
}
