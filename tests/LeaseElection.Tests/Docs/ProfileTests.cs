using System.Text;
using System.Text.RegularExpressions;
using LeaseElection.Settings;
using LeaseElection.TestKit;
using Microsoft.Extensions.Configuration;

namespace LeaseElection.Tests.Docs;

/// <summary>The settings that docs/configuration.md shows are settings that work, and tolerate what is said of them.</summary>
public sealed partial class ProfileTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "configuration.md"));

    [Fact]
    public void Profiles_KeepEveryRuleAndTolerateWhatTheyPromise()
    {
        var profiles = Json().Matches(Document.Split("\n## Profiles\n")[1].Split("\n## ")[0]).Select(m => Bind(m.Groups[1].Value)).ToList();
        Assert.All(profiles, p => Assert.Empty(OptionsRules.Check("reports", p)));
        var tolerated = profiles.Select(p => new EffectiveDurations(p))
            .Select(d => (int)(d.RenewDeadline - d.RenewInterval - d.RetryPeriod).TotalMilliseconds / 100 / 10.0);

        Assert.Equal([1.6, 20, 30], tolerated);
    }

    [Fact]
    public void EveryJson_IsRead()
    {
        var shown = Json().Matches(Document).Select(m => m.Groups[1].Value).ToList();
        Assert.True(shown.Count >= 3);
        Assert.All(shown, json => Assert.NotEmpty(Configuration(json).GetChildren()));
    }

    private static LeaderElectionOptions Bind(string json) =>
        Configuration(json).GetSection("LeaderElection").Get<LeaderElectionOptions>()!;

    private static IConfigurationRoot Configuration(string json) =>
        new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();
}
