namespace LeaseElection.Tests.Architecture;

/// <summary>Folders are namespaces, and data flows one way between them: read from the compiled assembly, not from the sources.</summary>
public sealed class CycleTests
{
    // What still uses each other: LeaderElector uses the rooms, which use the public values beside it. A pair that goes leaves this list; none may come.
    private static readonly string[] Known =
    [
        "LeaseElection LeaseElection.Announcing",
        "LeaseElection LeaseElection.Diagnostics",
        "LeaseElection LeaseElection.Election",
        "LeaseElection LeaseElection.Pump",
        "LeaseElection LeaseElection.Settings",
    ];

    private static readonly IReadOnlyDictionary<(string From, string To), string> Edges = AssemblyEdges.Of(typeof(LeaderElector).Assembly);

    [Fact]
    public void Edges_AreFound()
    {
        Assert.Contains(("LeaseElection.Hosting", "LeaseElection.Pump"), Edges.Keys);
        Assert.Contains(("LeaseElection.Pump", "LeaseElection.Election"), Edges.Keys);
    }

    [Fact]
    public void Election_UsesNoOtherRoom() =>
        Assert.DoesNotContain(Edges, e => e.Key.From.StartsWith("LeaseElection.Election", StringComparison.Ordinal) && !e.Key.To.StartsWith("LeaseElection.Election", StringComparison.Ordinal) && e.Key.To != "LeaseElection");

    [Fact]
    public void NoTwoRooms_UseEachOther_ButTheKnown()
    {
        var mutual = Edges.Keys.Where(e => string.CompareOrdinal(e.From, e.To) < 0 && Edges.ContainsKey((e.To, e.From))).ToList();

        Assert.True(
            mutual.Select(e => $"{e.From} {e.To}").Order(StringComparer.Ordinal).SequenceEqual(Known.Order(StringComparer.Ordinal)),
            string.Join('\n', mutual.Select(e => $"{e.From} {e.To}: {Edges[e]}; {Edges[(e.To, e.From)]}")));
    }

    [Fact]
    public void Rooms_ApartFromThePublicFace_HaveNoCycle() =>
        Assert.Equal([], AssemblyEdges.Cycles(Edges.Keys.Where(static e => e is not { From: "LeaseElection" } and not { To: "LeaseElection" })).Select(static c => string.Join(' ', c)));

    [Fact]
    public void Cycles_APlantedOne_IsFound()
    {
        (string, string)[] edges = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "b"), ("a", "d"), ("e", "a")];

        Assert.Equal([["b", "c", "d"]], AssemblyEdges.Cycles(edges));
        Assert.Empty(AssemblyEdges.Cycles(edges.Where(static e => e != ("d", "b"))));
    }
}
