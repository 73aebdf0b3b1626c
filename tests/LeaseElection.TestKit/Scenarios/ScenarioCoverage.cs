using System.Reflection;
using Xunit.v3;

namespace LeaseElection.TestKit;

/// <summary>Whether every scenario that is marked for a place has a test there.</summary>
public static class ScenarioCoverage
{
    /// <summary>What is wrong with the tests of one place; nothing when all is well.</summary>
    /// <param name="table">The scenarios.</param>
    /// <param name="place">M, E or R.</param>
    /// <param name="tests">The place's test classes: all that its assembly exports.</param>
    /// <param name="comeLater">Scenarios that are known to have no test here yet.</param>
    public static IReadOnlyList<string> Problems(
        ScenarioTable table, char place, IEnumerable<Type> tests, params IReadOnlyCollection<int> comeLater)
    {
        var tested = tests.SelectMany(Numbers).ToHashSet();
        var marked = table.Places.Where(row => row.Value.Contains(place)).Select(row => row.Key).ToHashSet();
        return
        [
            .. marked.Except(tested).Except(comeLater).Order()
                .Select(number => $"scenario {number} is marked {place} and has no test here"),
            .. comeLater.Intersect(tested).Order().Select(number => $"scenario {number} has a test here: it does not come later any more"),
            .. comeLater.Except(marked).Order().Select(number => $"scenario {number} comes later, but is not marked {place}"),
            // A test of the attribute itself uses negative numbers.
            .. tested.Where(number => number >= 0).Except(table.Places.Keys).Order()
                .Select(number => $"scenario {number} is tested here and not in docs/scenarios.md"),
        ];
    }

    // What xUnit runs: the public methods of classes that can be made, inherited ones too.
    private static IEnumerable<int> Numbers(Type type)
    {
        if (type.IsAbstract)
            return [];
        var all = type.GetCustomAttributes<ScenarioAttribute>(inherit: true).SelectMany(scenario => scenario.Numbers);
        var tests = type.GetMethods().Where(IsRun).ToList();
        return tests.Count == 0
            ? []
            : [.. all, .. tests.SelectMany(m => m.GetCustomAttributes<ScenarioAttribute>(inherit: true)).SelectMany(s => s.Numbers)];
    }

    private static bool IsRun(MethodInfo method) =>
        method.GetCustomAttributes(inherit: true).OfType<IFactAttribute>().SingleOrDefault() is { Skip: null, Explicit: false };
}
