extern alias mutants;

using System.Xml.Linq;
using mutants::LeaseElection.Simulation.Pictures;
using mutants::LeaseElection.Simulation.Plans;
using mutants::LeaseElection.Simulation.Playing;
using mutants::LeaseElection.Simulation.Running;
using WovenMutants = mutants::LeaseElection.Simulation.Mutants;

namespace LeaseElection.Simulation.Tests.Running;

/// <summary>On a rule that is broken on purpose: what is left still breaks it, and can be looked at.</summary>
public sealed class ShrinkerTests
{
    [Fact]
    public void Shrink_LeavesLessThatBreaksTheSameRule()
    {
        WovenMutants.Active = "deleted-is-free";
        try
        {
            var (plan, violation) = Enumerable.Range(1, 200).Select(seed => Planner.Plan((ulong)seed, TimeSpan.FromMinutes(10)))
                .Select(plan => (plan, violation: new World(plan).Play())).First(p => p.violation is not null && p.plan.Faults.Count > 20);
            var kept = Shrinker.Shrink(plan, violation!);
            var world = new World(plan.With(kept), traced: true);

            Assert.Equal(violation!.Oracle, world.Play()!.Oracle);
            Assert.InRange(kept.Count, 1, plan.Faults.Count / 2);
            var svg = XDocument.Parse(Timeline.Draw(world));
            var texts = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToList();
            Assert.All(Enumerable.Range(0, plan.Replicas.Count), i => Assert.Contains($"r{i}", texts));
            Assert.Contains(
                svg.Descendants().Where(e => e.Name.LocalName == "title"), t => t.Value.Contains("leads", StringComparison.Ordinal));
        }
        finally
        {
            WovenMutants.Active = null;
        }
    }
}
