using System.Reflection;

namespace LeaseElection.Tests.Architecture;

/// <summary>Folders are namespaces, and data flows one way between them: read from the compiled assemblies, not from the sources.</summary>
public sealed class CycleTests
{
    private static readonly IReadOnlyDictionary<(string From, string To), string> Core = AssemblyEdges.Of(typeof(LeaderElector).Assembly);

    /// <summary>Gets the packages. LeaseElection.Testing has such a test in its own test project.</summary>
    public static TheoryData<string> Packages => ["LeaseElection.Core", "LeaseElection"];

    [Fact]
    public void Edges_AreFound()
    {
        Assert.Contains(("LeaseElection.Hosting", "LeaseElection.Runtime.Loop"), Core.Keys);
        Assert.Contains(("LeaseElection.Runtime.Loop", "LeaseElection.Election"), Core.Keys);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Rooms_HaveNoCycle(string package)
    {
        var edges = AssemblyEdges.Of(Assembly.Load(package));

        var cycles = AssemblyEdges.Cycles(edges.Keys);
        Assert.True(cycles.Count == 0, string.Join("\n\n", cycles.Select(c => Explain(c, edges))));
    }

    /// <summary>The public face: everybody may use it, and it uses nobody.</summary>
    [Fact]
    public void PublicFace_UsesNoRoom() =>
        Assert.Equal([], Core.Where(static e => e.Key.From == "LeaseElection").Select(static e => e.Value));

    [Theory]
    [InlineData("Election", "Leases")]
    [InlineData("Leases")]
    [InlineData("Settings", "Election.Inputs")]
    [InlineData("Runtime.Clock", "Election.Time")]
    [InlineData("Standalone", "Composition", "Diagnostics", "Leases")]
    public void Room_UsesOnly(string room, params string[] others)
    {
        var allowed = others.Append(room).Select(static name => $"LeaseElection.{name}").ToList();

        Assert.Equal([], Core.Where(e => Within(e.Key.From, $"LeaseElection.{room}") && e.Key.To != "LeaseElection" && !allowed.Exists(a => Within(e.Key.To, a))).Select(static e => e.Value));
    }

    [Fact]
    public void Hosting_IsUsedByNobodyBelowIt() =>
        Assert.Equal([], Core.Where(static e => Within(e.Key.To, "LeaseElection.Hosting") && !Within(e.Key.From, "LeaseElection.Hosting")).Select(static e => e.Value));

    [Theory]
    [MemberData(nameof(Packages))]
    public void Namespaces_AreFolders(string package)
    {
        // What users call where they register services is in that namespace of Microsoft's.
        var wrong = SourceTree.Files(package)
            .Select(f => (f.Path, Namespace: f.Lines.FirstOrDefault(static l => l.StartsWith("namespace ", StringComparison.Ordinal))))
            .Where(static f => f.Namespace is not null and not "namespace Microsoft.Extensions.DependencyInjection;")
            .Where(static f => f.Namespace != $"namespace {string.Join('.', f.Path.Split('/')[..^1].Prepend("LeaseElection"))};");

        Assert.Equal([], wrong.Select(static f => $"{f.Path}: {f.Namespace}"));
    }

    [Fact]
    public void Cycles_APlantedOne_IsFound()
    {
        (string, string)[] edges = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "b"), ("a", "d"), ("e", "a")];

        Assert.Equal([["b", "c", "d"]], AssemblyEdges.Cycles(edges));
        Assert.Empty(AssemblyEdges.Cycles(edges.Where(static e => e != ("d", "b"))));
    }

    /// <summary>The same in a compiled assembly: this one has two namespaces that use each other, for this test.</summary>
    [Fact]
    public void Cycles_APlantedOneInAnAssembly_IsFound()
    {
        var cycles = AssemblyEdges.Cycles(AssemblyEdges.Of(typeof(CycleTests).Assembly).Keys);

        Assert.Contains(cycles, static c => c.Contains("LeaseElection.Tests.Architecture.Planted.One") && c.Contains(
            "LeaseElection.Tests.Architecture.Planted.Two"));
    }

    private static bool Within(string name, string room) => name == room || name.StartsWith($"{room}.", StringComparison.Ordinal);

    private static string Explain(IReadOnlyList<string> cycle, IReadOnlyDictionary<(string From, string To), string> edges) => string.Join(
        '\n', edges.Where(e => cycle.Contains(e.Key.From) && cycle.Contains(e.Key.To))
            .Select(static e => $"{e.Key.From} -> {e.Key.To}: {e.Value}"));
}
