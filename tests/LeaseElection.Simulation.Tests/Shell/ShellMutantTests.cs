extern alias mutants;

using LeaseElection.Simulation.Tests.Playing;
using MutantBatch = mutants::LeaseElection.Simulation.Shell.Running.ShellBatch;
using WovenMutants = mutants::LeaseElection.Simulation.Mutants;

namespace LeaseElection.Simulation.Tests.Shell;

/// <summary>The simulation of the shell finds what is broken: each rule of hosting and runtime, broken on purpose, is caught.</summary>
[Collection(nameof(AllCores))]
public sealed class ShellMutantTests
{
    // Threads are real: a world that shows a mutant may not do so at every play.
    private const int Worlds = 200;

    public static TheoryData<string> All => [.. WovenMutants.Shell];

    [Fact]
    public void Mutants_AreTwelveOrMore() => Assert.InRange(WovenMutants.Shell.Count, 12, 200);

    [Theory]
    [MemberData(nameof(All))]
    public void Mutant_IsCaught(string mutant)
    {
        // One process: two would look further than the first world that shows it.
        var batch = new MutantBatch(
            new() { Seeds = Worlds, From = WovenMutants.Seeds[mutant], Jobs = 1, Most = 1, Again = 0, Mutant = mutant });
        batch.Run();

        // A mutant that ends or hangs its process is caught by that.
        Assert.True(
            batch.Bad.Count > 0 || batch.Crashes.Count > 0, $"'{mutant}' broke a rule in {batch.Tally.Worlds} worlds, and nothing saw it");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{mutant}: {string.Join(", ", batch.Bad.Select(static b => $"{b.Seed} {b.Rule}"))}, {batch.Tally.Worlds} worlds");
    }

    [Fact]
    public void NoMutant_TheSameWorldsBreakNoRule()
    {
        foreach (var seed in WovenMutants.Shell.Select(static mutant => WovenMutants.Seeds[mutant]).Distinct())
        {
            var batch = new MutantBatch(new() { Seeds = 1, From = seed, Jobs = 1, Again = 3 });
            batch.Run();

            Assert.Empty(batch.Crashes);
            Assert.Empty(batch.Bad);
            Assert.Equal(1, batch.Tally.Worlds);
        }
    }
}
