using CsCheck;
using LeaseElection.Settings;
using LeaseElection.TestKit;
using Microsoft.Extensions.Options;

namespace LeaseElection.Tests.Settings;

public sealed class OptionsRulesTests
{
    public static TheoryData<string, string, string, string, string> Broken => new()
    {
        // setting, value, what the message names besides: the value, the rule, the fix
        { "LeaseDuration", "00:00:00.5000000", "LeaseDuration is 00:00:00.5", "whole number of seconds", "00:00:15" },
        { "LeaseDuration", "00:00:02.5000000", "LeaseDuration is 00:00:02.5", "whole number of seconds", "00:00:15" },
        { "LeaseDuration", "00:00:00", "LeaseDuration is 00:00:00", "1 or more", "00:00:15" },
        { "LeaseDuration", "-00:00:05", "LeaseDuration is -00:00:05", "1 or more", "00:00:15" },
        { "LeaseDuration", "15", "LeaseDuration is 15.00:00:00", "less than a day", "write 15 seconds as 00:00:15" },
        { "RenewDeadline", "00:00:14", "LeaseDuration is 00:00:15", "1.25 x RenewDeadline", "00:00:12 or less, or LeaseDuration to 00:00:18 or more" },
        { "RenewDeadline", "00:00:00", "RenewDeadline is 00:00:00", "above 0", "unset" },
        { "RenewInterval", "-00:00:01", "RenewInterval is -00:00:01", "above 0", "unset" },
        { "RenewInterval", "00:00:06", "RenewInterval is 00:00:06", "RenewInterval + 2 x RequestTimeout (00:00:10)", "lower" },
        { "RequestTimeout", "00:00:00", "RequestTimeout is 00:00:00", "above 0", "unset" },
        { "RequestTimeout", "00:00:04", "RequestTimeout is 00:00:04", "less than RenewDeadline", "lower" },
        { "RetryPeriod", "00:00:00", "RetryPeriod is 00:00:00", "above 0", "unset" },
        { "RetryPeriod", "00:00:11", "RetryPeriod is 00:00:11", "not be longer than RenewDeadline", "lower" },
        { "DrainTimeout", "-00:00:01", "DrainTimeout is -00:00:01", "0 or more", "ShutdownTimeout" },
    };

    [Theory, Scenario(13)]
    [MemberData(nameof(Broken))]
    public void Duration_OutOfItsRange_IsRefusedWithValueRuleAndFix(string setting, string value, string names, string rule, string fix)
    {
        var options = new LeaderElectionOptions();
        typeof(LeaderElectionOptions).GetProperty(setting)!.SetValue(options, TimeSpan.Parse(value, null));

        var message = Assert.Single(OptionsRules.Check("lease", options));
        Assert.Contains(names, message, StringComparison.Ordinal);
        Assert.Contains(rule, message, StringComparison.Ordinal);
        Assert.Contains(fix, message, StringComparison.Ordinal);
    }

    [Fact, Scenario(13)]
    public void Durations_AsLongAsTheyGet_AreRefusedWithoutOverflow()
    {
        var longest = TimeSpan.MaxValue;
        Assert.Contains(
            "less than a day", Assert.Single(OptionsRules.Check("lease", new() { LeaseDuration = TimeSpan.FromDays(10_000_000) })),
            StringComparison.Ordinal);
        var options = new LeaderElectionOptions { RenewDeadline = longest, RenewInterval = longest, RetryPeriod = longest, RequestTimeout = longest, DrainTimeout = longest };
        Assert.Equal(5, OptionsRules.Check("lease", options).Count());
    }

    [Theory, Scenario(13)]
    [InlineData("", "LeaseName is not set")]
    [InlineData("Upper", "LeaseName is 'Upper'")]
    [InlineData("under_score", "LeaseName is 'under_score'")]
    [InlineData("-dash", "LeaseName is '-dash'")]
    [InlineData("dot..dot", "LeaseName is 'dot..dot'")]
    [InlineData("new\nline", "LeaseName is 'new\nline'")]
    public void LeaseName_NotASubdomain_IsRefused(string name, string says) =>
        Assert.Contains(says, Assert.Single(OptionsRules.Check("lease", new() { LeaseName = name })), StringComparison.Ordinal);

    [Fact, Scenario(13)]
    public void OtherNames_OutOfTheirSyntax_AreAllRefusedAtOnce()
    {
        var options = new LeaderElectionOptions
        {
            Namespace = "Team A",
            Identity = " ",
            Labels = { ["bad key"] = "x", ["good"] = "bad value" },
            WhenWorkFails = (WorkFailurePolicy)9,
            WhenWorkCompletes = (WorkCompletionPolicy)9,
            WhenWorkOverruns = (WorkOverrunPolicy)9,
        };

        var messages = OptionsRules.Check("lease", options).ToList();
        string[] said = ["Namespace is 'Team A'", "Identity is ' '", "key 'bad key'", "Labels['good'] is 'bad value'", "WhenWorkFails is 9", "WhenWorkCompletes is 9", "WhenWorkOverruns is 9"];
        Assert.Equal(said.Length, messages.Count);
        Assert.All(said, s => Assert.Contains(messages, m => m.Contains(s, StringComparison.Ordinal)));
    }

    [Fact, Scenario(13)]
    public void LeaseDuration_AloneSetToFiveSeconds_TheOthersScale()
    {
        var settings = SettingsFactory.Create("lease", new() { LeaseDuration = TimeSpan.FromSeconds(5) });

        Assert.Equal(5, settings.LeaseDurationSeconds);
        Assert.Equal(TimeSpan.FromSeconds(5) * 2 / 3, settings.RenewDeadline);
        Assert.Equal(TimeSpan.FromSeconds(1), settings.RenewInterval);
        Assert.Equal(TimeSpan.FromSeconds(10) / 15, settings.RetryPeriod);
        Assert.Equal(TimeSpan.FromSeconds(10) / 15, settings.RequestTimeout);
    }

    [Fact]
    public void Defaults_AreThoseOfTheDocumentation()
    {
        var settings = SettingsFactory.Create("lease", new());

        Assert.Equal((15, 10, 3, 2, 2), (settings.LeaseDuration.TotalSeconds, settings.RenewDeadline.TotalSeconds, settings.RenewInterval.TotalSeconds, settings.RetryPeriod.TotalSeconds, settings.RequestTimeout.TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(20), settings.DrainTimeout);
        Assert.Equal(TimeSpan.FromSeconds(2), settings.LossAllowance);
        Assert.True(settings.ReleaseOnStop);
    }

    [Fact]
    public void Identity_NotSet_IsFreshEveryTime()
    {
        var (first, second) = (SettingsFactory.Create("lease", new()).Identity, SettingsFactory.Create("lease", new()).Identity);

        Assert.NotEqual(first, second);
        Assert.Matches("^.+_[0-9a-f]{16}$", first);
    }

    [Fact]
    public void Create_SeveralRulesBroken_ThrowsWithAllOfThem()
    {
        var error = Assert.Throws<OptionsValidationException>(() =>
            SettingsFactory.Create("lease", new() { RenewDeadline = TimeSpan.FromSeconds(14), RenewInterval = TimeSpan.FromSeconds(13) }));

        Assert.Equal(2, error.Failures.Count());
    }

    [Fact]
    public void AnyOptions_ThatPass_KeepTheRulesOfSafety() =>
        Gen.Select(Milliseconds(1, 40), Optional, Optional, Optional, Optional).Sample(
        (lease, deadline, interval, retry, request) =>
        {
            var options = new LeaderElectionOptions { LeaseDuration = lease, RenewDeadline = deadline, RenewInterval = interval, RetryPeriod = retry, RequestTimeout = request };
            if (OptionsRules.Check("lease", options).Any())
                return;
            var settings = SettingsFactory.Create("lease", options);
            Assert.Equal(settings.LeaseDuration, TimeSpan.FromSeconds(settings.LeaseDurationSeconds));
            Assert.True(settings.LeaseDuration >= settings.RenewDeadline * 1.25);
            Assert.True(settings.RenewInterval + (settings.RequestTimeout * 2) < settings.RenewDeadline);
            Assert.True(settings.LossAllowance >= TimeSpan.Zero);
            Assert.True(settings.RetryPeriod > TimeSpan.Zero && settings.RequestTimeout > TimeSpan.Zero);
        },
        iter: 5_000);

    private static Gen<TimeSpan?> Optional => Gen.OneOf(Gen.Const((TimeSpan?)null), Milliseconds(-1, 20).Select(t => (TimeSpan?)t));

    private static Gen<TimeSpan> Milliseconds(int fromSeconds, int toSeconds) =>
        Gen.Int[fromSeconds * 4, toSeconds * 4].Select(q => TimeSpan.FromMilliseconds(q * 250));
}
