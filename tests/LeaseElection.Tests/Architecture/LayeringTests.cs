namespace LeaseElection.Tests.Architecture;

/// <summary>Data flows one way (design, section 5): Program.cs, Hosting, LeaderElector, Election; LeaderElector, ILeaseStore, Kubernetes.</summary>
public sealed class LayeringTests
{
    private static readonly List<(string Path, string[] Lines)> Files = [.. SourceTree.Files()];

    [Fact]
    public void SourceTree_IsFound() => Assert.True(Files.Count > 80, $"only {Files.Count} files below {SourceTree.Root()}");

    [Fact]
    public void Election_UsesOnlySystem()
    {
        Assert.DoesNotContain(In("Election/"), f => f.Lines.Any(l => IsUsing(l) && !l.Contains("using System", StringComparison.Ordinal)));
        string[] forbidden = ["Task", "TimeProvider", "ILogger", "k8s.", "DateTimeOffset.Now", "Random.Shared", "new Random", "Thread", "Channel<", "LeaseElection.Pump", "LeaseElection.Leases", "LeaseElection.Hosting"];
        foreach (var (path, lines) in In("Election/"))
            Assert.All(forbidden, word => Assert.DoesNotContain(lines, l => !IsComment(l) && Uses(l, word) || (IsUsing(l) && l.Contains(word, StringComparison.Ordinal))));
    }

    [Fact]
    public void Kubernetes_IsNamedOnlyByItsRoomAndTheFrontDoor()
    {
        string[] frontDoor = ["LeaderElector.cs", "Hosting/ElectorFactory.cs"];
        var naming = Files.Where(f => f.Lines.Any(l => l.StartsWith("using k8s", StringComparison.Ordinal) || (!IsComment(l) && l.Contains(" k8s.", StringComparison.Ordinal)))).Select(f => f.Path);

        Assert.DoesNotContain(naming, path => !path.StartsWith("Leases/Kubernetes/", StringComparison.Ordinal) && !frontDoor.Contains(path));
    }

    [Fact]
    public void MicrosoftExtensionsHosting_IsNamedOnlyByHosting() =>
        Assert.DoesNotContain(
            Files.Where(f => !f.Path.StartsWith("Hosting/", StringComparison.Ordinal)),
            f => f.Lines.Any(l => l.Contains("Microsoft.Extensions.Hosting", StringComparison.Ordinal)));

    [Fact]
    public void Hosting_IsUsedByNobodyBelowIt() =>
        Assert.DoesNotContain(
            Files.Where(f => !f.Path.StartsWith("Hosting/", StringComparison.Ordinal)),
            f => f.Lines.Any(l => l.Contains("LeaseElection.Hosting", StringComparison.Ordinal)));

    [Fact]
    public void Stores_KnowNothingOfThePump() =>
        Assert.DoesNotContain(In("Leases/"), f => f.Lines.Any(l => l.Contains("LeaseElection.Pump", StringComparison.Ordinal)));

    [Fact]
    public void Rooms_AreSmall()
    {
        Assert.DoesNotContain(Files, f => f.Lines.Length > 400);
        var sizes = Files.Select(f => f.Lines.Length).Order().ToList();
        Assert.InRange(sizes[sizes.Count / 2], 1, 70);
        Assert.InRange(sizes[sizes.Count * 9 / 10], 1, 200);
    }

    private static IEnumerable<(string Path, string[] Lines)> In(string folder)
    {
        var found = Files.Where(f => f.Path.StartsWith(folder, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(found);
        return found;
    }

    private static bool IsUsing(string line) => line.StartsWith("using ", StringComparison.Ordinal);

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
