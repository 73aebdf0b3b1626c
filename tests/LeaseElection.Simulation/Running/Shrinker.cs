using LeaseElection.Simulation.Oracles;
using LeaseElection.Simulation.Plans;
using LeaseElection.Simulation.Playing;

namespace LeaseElection.Simulation.Running;

/// <summary>
/// Finds a small part of a plan's faults that breaks the same rule: leaves out halves, quarters, … single ones, for as long as that works.
/// </summary>
internal static class Shrinker
{
    /// <summary>Shrinks.</summary>
    /// <param name="plan">A plan that breaks a rule.</param>
    /// <param name="violation">Which.</param>
    /// <returns>The numbers of the faults that are left, in the plan's own list.</returns>
    public static IReadOnlyList<int> Shrink(WorldPlan plan, Violation violation)
    {
        // What comes after the violation had no part in it.
        var kept = Enumerable.Range(0, plan.Faults.Count).Where(i => plan.Faults[i].At <= violation.At).ToList();
        for (var size = Math.Max(1, kept.Count / 2); size >= 1; size /= 2)
        {
            for (var start = 0; start < kept.Count;)
            {
                var fewer = kept.Where((_, i) => i < start || i >= start + size).ToList();
                if (new World(plan.With(fewer)).Play()?.Oracle == violation.Oracle)
                    kept = fewer;
                else
                    start += size;
            }
        }

        return kept;
    }

    /// <summary>The same plan with only these of its faults.</summary>
    public static WorldPlan With(this WorldPlan plan, IReadOnlyList<int> faults) =>
        plan with { Faults = [.. faults.Order().Select(i => plan.Faults[i])] };
}
