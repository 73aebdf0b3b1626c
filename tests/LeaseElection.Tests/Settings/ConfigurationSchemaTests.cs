using System.Text.Json;
using System.Text.RegularExpressions;

namespace LeaseElection.Tests.Settings;

/// <summary>
/// The schema of the section LeaderElection, which editors complete and check appsettings.json by, says what the options take.
/// </summary>
public sealed class ConfigurationSchemaTests : IDisposable
{
    private readonly JsonDocument _schema = JsonDocument.Parse(
        File.ReadAllText(LeaseElection.TestKit.Repository.PathOf("src", "LeaseElection", "ConfigurationSchema.json")));

    private JsonElement Settings => _schema.RootElement.GetProperty("definitions").GetProperty("election").GetProperty("properties");

    [Fact]
    public void Schema_HasEverySettingAndNoOther() =>
        Assert.Equal(
            typeof(LeaderElectionOptions).GetProperties().Select(p => p.Name).Order(),
            Settings.EnumerateObject().Select(p => p.Name).Order());

    [Fact]
    public void Setting_HasTheTypeOfItsProperty()
    {
        foreach (var property in typeof(LeaderElectionOptions).GetProperties())
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            var setting = Settings.GetProperty(property.Name);
            if (type.IsEnum)
                Assert.Equal(Enum.GetNames(type).Order(), setting.GetProperty("enum").EnumerateArray().Select(v => v.GetString()).Order());
            else
                Assert.Equal(
                    type == typeof(bool) ? "boolean" : type == typeof(string) || type == typeof(TimeSpan) ? "string" : "object",
                    setting.GetProperty("type").GetString());
            Assert.Equal(type == typeof(TimeSpan), setting.TryGetProperty("pattern", out _));
            Assert.False(string.IsNullOrWhiteSpace(setting.GetProperty("description").GetString()), property.Name);
        }
    }

    [Theory]
    [InlineData("00:00:15", true)]
    [InlineData("0:15", true)]
    [InlineData("00:00:02.5", true)]
    [InlineData("1.00:00:00", true)]
    [InlineData("15", false)] // Days, to TimeSpan: nobody means them.
    [InlineData("15s", false)]
    [InlineData("", false)]
    public void Duration_IsWrittenSoThatNobodyMistakesIt(string text, bool isGood)
    {
        var pattern = Settings.GetProperty("LeaseDuration").GetProperty("pattern").GetString()!;

        Assert.Equal(isGood, Regex.IsMatch(text, pattern, RegexOptions.ECMAScript));
        Assert.True(!isGood || TimeSpan.TryParse(text, null, out _));
    }

    [Fact]
    public void Section_HasTheSettingsSharedAndOfSingleElections()
    {
        var section = _schema.RootElement.GetProperty("properties").GetProperty("LeaderElection");

        Assert.Equal("#/definitions/election", section.GetProperty("allOf")[0].GetProperty("$ref").GetString());
        Assert.Equal(
            "#/definitions/election",
            section.GetProperty("properties").GetProperty("Leases").GetProperty("additionalProperties").GetProperty("$ref").GetString());
    }

    public void Dispose() => _schema.Dispose();
}
