using System.Reflection;
using System.Text.RegularExpressions;
using LeaseElection.Diagnostics;
using LeaseElection.Settings;
using LeaseElection.TestKit;
using LeaseElection.Tests.Architecture;
using Microsoft.Extensions.Logging;

namespace LeaseElection.Tests.Docs;

/// <summary>docs/messages.md has every log message and every settings error, and the library says what is quoted there.</summary>
public sealed partial class MessagesTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(Repository.Folder, "docs", "messages.md"));

    // The sources are what can say it: strings with their holes, each in one piece though it stands on several lines.
    private static readonly string Sources = Concatenation().Replace(
        string.Join('\n', SourceTree.Files("LeaseElection.Core").Concat(SourceTree.Files("LeaseElection")).SelectMany(static f => f.Lines)),
        "");

    public static TheoryData<int, string, LogLevel, string> LogMessages =>
        [.. typeof(ElectionLog).GetMethods(BindingFlags.Static | BindingFlags.Public)
        .Select(m => (m.Name, Message: m.GetCustomAttribute<LoggerMessageAttribute>())).Where(m => m.Message is not null)
        .Select(m => new TheoryDataRow<int, string, LogLevel, string>(m.Message!.EventId, m.Name, m.Message.Level, m.Message.Message))];

    [Theory]
    [MemberData(nameof(LogMessages))]
    public void LogMessage_HasItsRow(int id, string name, LogLevel level, string message)
    {
        var row = Assert.Single(Document.Split('\n'), line => line.StartsWith($"| {id} | ", StringComparison.Ordinal));
        Assert.StartsWith($"| {id} | {name}, {level} | ", row, StringComparison.Ordinal);
        if (level < LogLevel.Warning)
            return;

        var said = Quoted().Match(row).Groups[1].Value;
        Assert.True(said.Length >= 8, row);
        Assert.Contains(said, message, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionRules_AllHaveTheirLine()
    {
        LeaderElectionOptions[] broken =
        [
            new(),
            new() { LeaseName = "Not A Name", Namespace = "Team A", Identity = " ", LeaseDuration = TimeSpan.FromSeconds(1.5), WhenWorkFails = (WorkFailurePolicy)9 },
            new() { LeaseName = "a", LeaseDuration = TimeSpan.FromDays(15), DrainTimeout = TimeSpan.FromDays(-1), RetryPeriod = TimeSpan.Zero },
            new() { LeaseName = "a", RenewDeadline = TimeSpan.FromSeconds(14), RetryPeriod = TimeSpan.FromSeconds(14.5), RenewInterval = TimeSpan.FromSeconds(13) },
            new() { LeaseName = new('a', 64), LabelLeaderPod = true, Labels = { ["bad key"] = "bad value" } },
        ];
        var messages = broken.SelectMany(o => OptionsRules.Check(null, o)).ToList();
        Assert.True(messages.Count >= 15, string.Join('\n', messages));
        var said = Section("Settings");
        Assert.All(messages, message => Assert.Contains(said, line => message.Contains(line, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Settings")]
    [InlineData("Starting")]
    [InlineData("Exceptions")]
    [InlineData("Health")]
    public void Line_IsSaidByTheLibrary(string section)
    {
        var said = Section(section);
        Assert.NotEmpty(said);
        // Numbers are constants in the sources.
        Assert.All(
            said, line => Assert.Contains(Number().Split(line).MaxBy(part => part.Length)!.Trim(), Sources, StringComparison.Ordinal));
    }

    private static List<string> Section(string name)
    {
        var rows = Document.Split($"\n## {name}\n")[1].Split("\n## ")[0].Split('\n')
            .Where(l => l.StartsWith("| `", StringComparison.Ordinal));
        return [.. rows.SelectMany(r => Quoted().Matches(r.Split(" | ")[0]).Select(m => m.Groups[1].Value))];
    }

    [GeneratedRegex("""
        "\s+\+ \$?"
        """)]
    private static partial Regex Concatenation();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
