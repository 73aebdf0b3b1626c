using System.Globalization;
using Xunit.v3;

namespace LeaseElection.TestKit;

/// <summary>Names the scenarios that a test covers: <c>[Scenario(20, 21)]</c> gives it the traits "Scenario" = "20" and "21".</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
public sealed class ScenarioAttribute(params int[] numbers) : Attribute, ITraitAttribute
{
    public const string TraitName = "Scenario";

    public IReadOnlyList<int> Numbers { get; } = numbers;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. Numbers.Select(number => KeyValuePair.Create(TraitName, number.ToString(CultureInfo.InvariantCulture)))];
}
