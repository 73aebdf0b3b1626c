extern alias mutants;

using MutantBatch = mutants::LeaseElection.Simulation.Running.Batch;
using WovenMutants = mutants::LeaseElection.Simulation.Mutants;

namespace LeaseElection.Simulation.Tests.Playing;

/// <summary>The simulation finds what is broken: each rule, broken on purpose, is caught by the seeds that every build plays.</summary>
[Collection(nameof(AllCores))]
public sealed class MutantTests
{
    private const int Seeds = 20_000;

    public static TheoryData<string> All => [.. WovenMutants.All];

    [Fact]
    public void Mutants_AreTwentyOrMore() => Assert.InRange(WovenMutants.All.Count, 20, 200);

    [Theory]
    [MemberData(nameof(All))]
    public void Mutant_IsCaught(string mutant)
    {
        var batch = new MutantBatch(TimeSpan.FromMinutes(10), mutant);
        batch.Run(WovenMutants.Seeds.GetValueOrDefault(mutant, 1UL), Seeds, most: 1);

        Assert.False(batch.Found.IsEmpty, $"'{mutant}' broke a rule in {batch.Played} worlds, and no oracle saw it");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{mutant}: {batch.Found.Min(f => f.Key)} {batch.Found.MinBy(f => f.Key).Value.Oracle}, {batch.Played} worlds");
    }

    [Fact]
    public void NoMutant_TheWovenSourcesBreakNoRule()
    {
        var batch = new MutantBatch(TimeSpan.FromMinutes(10));
        batch.Run(from: 1, seeds: 200, most: 1);

        Assert.Empty(batch.Found);
    }
}
