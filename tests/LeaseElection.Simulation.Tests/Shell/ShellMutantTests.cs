extern alias mutants;

using LeaseElection.Simulation.Tests.Playing;
using MutantBatch = mutants::LeaseElection.Simulation.Shell.Running.ShellBatch;
using WovenMutants = mutants::LeaseElection.Simulation.Mutants;

namespace LeaseElection.Simulation.Tests.Shell;

/// <summary>The simulation of the shell finds what is broken: each rule of hosting and pump, broken on purpose, is caught.</summary>
[Collection(nameof(AllCores))]
public sealed class ShellMutantTests
{
    private const int Seeds = 2_000;

    public static TheoryData<string> All => [.. WovenMutants.Shell];

    [Fact]
    public void Mutants_AreTwelveOrMore() => Assert.InRange(WovenMutants.Shell.Count, 12, 200);

    [Theory]
    [MemberData(nameof(All))]
    public void Mutant_IsCaught(string mutant)
    {
        var batch = new MutantBatch(new() { Seeds = Seeds, From = 1, Jobs = 2, Most = 1, Again = 1, Mutant = mutant });
        batch.Run();

        // A mutant that ends or hangs its process is caught by that.
        Assert.True(batch.Bad.Count > 0 || batch.Crashes.Count > 0, $"'{mutant}' broke a rule in {batch.Tally.Worlds} worlds, and nothing saw it");
        TestContext.Current.TestOutputHelper!.WriteLine($"{mutant}: {string.Join(", ", batch.Bad.Select(static b => $"{b.Seed} {b.Rule}"))}, {batch.Tally.Worlds} worlds");
    }
}
