namespace LeaseElection.RealServer.Tests.TestKit;

public sealed class ScenarioAttributeTests
{
    [Fact]
    public void GetTraits_SeveralNumbers_OneTraitEach() =>
        Assert.Equal(
            [KeyValuePair.Create("Scenario", "20"), KeyValuePair.Create("Scenario", "21")],
            new ScenarioAttribute(20, 21).GetTraits());

    [Fact]
    [Scenario(-1, -2)]
    [Scenario(-3)]
    public void Trait_OnATest_IsKnownToTheRunner()
    {
        var traits = TestContext.Current.Test!.Traits;

        Assert.Equal(["-1", "-2", "-3"], traits[ScenarioAttribute.TraitName].Order(StringComparer.Ordinal));
    }
}
