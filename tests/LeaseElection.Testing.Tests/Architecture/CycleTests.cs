using LeaseElection.Tests.Architecture;

namespace LeaseElection.Testing.Tests.Architecture;

/// <summary>
/// Folders are namespaces, and data flows one way between the rooms: read from the compiled assembly, not from the sources.
/// </summary>
public sealed class CycleTests
{
    private const string Face = "LeaseElection.Testing";

    // The public types are in the root namespace, and every room may use them. Three of them stand on rooms: the server, its snapshots
    // and the fake. So the root may be in a cycle with these rooms, and with no others.
    private static readonly string[] UsedByFace = ["Api", "Api.Access", "Api.Protocol", "Fakes", "Http", "Http.Connections", "Storage"];

    private static readonly IReadOnlyDictionary<(string From, string To), string> Edges = AssemblyEdges.Of(typeof(LeaseApiServer).Assembly);

    [Fact]
    public void Edges_AreFound()
    {
        Assert.Contains(($"{Face}.Http", $"{Face}.Api.Leases"), Edges.Keys);
        Assert.Contains(($"{Face}.Api.Leases", $"{Face}.Storage"), Edges.Keys);
    }

    [Fact]
    public void Rooms_HaveNoCycle()
    {
        var cycles = AssemblyEdges.Cycles(Edges.Keys.Where(static e => e.From != Face && e.To != Face));

        Assert.True(cycles.Count == 0, string.Join("\n\n", cycles.Select(Explain)));
    }

    [Fact]
    public void PublicFace_UsesNoOtherRooms()
    {
        var allowed = UsedByFace.Select(static room => $"{Face}.{room}").ToList();

        Assert.Equal([], Edges.Where(e => e.Key.From == Face && !allowed.Contains(e.Key.To)).Select(static e => e.Value));
        Assert.All(allowed, static room => Assert.Contains((Face, room), Edges.Keys));
    }

    [Fact]
    public void Namespaces_AreFolders()
    {
        var root = Repository.PathOf("src", Face);
        var wrong = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path: Path.GetRelativePath(root, file).Replace('\\', '/'), Lines: File.ReadAllLines(file)))
            .Where(static f => !f.Path.StartsWith("obj/", StringComparison.Ordinal) && !f.Path.StartsWith("bin/", StringComparison.Ordinal))
            .Select(
                static f => (f.Path, Namespace: f.Lines.FirstOrDefault(static l => l.StartsWith("namespace ", StringComparison.Ordinal))))
            .Where(static f => f.Namespace != $"namespace {string.Join('.', f.Path.Split('/')[..^1].Prepend(Face))};");

        Assert.Equal([], wrong.Select(static f => $"{f.Path}: {f.Namespace}"));
    }

    private static string Explain(IReadOnlyList<string> cycle) => string.Join(
        '\n',
        Edges.Where(e => cycle.Contains(e.Key.From) && cycle.Contains(e.Key.To))
            .Select(static e => $"{e.Key.From} -> {e.Key.To}: {e.Value}"));
}
