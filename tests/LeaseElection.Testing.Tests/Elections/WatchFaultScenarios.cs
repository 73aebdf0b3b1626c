namespace LeaseElection.Testing.Tests.Elections;

public sealed class WatchFaultScenarios : WatchScenarios
{
    public static TheoryData<string> Faults { get; } =
        ["stalls", "ends", "410", "500", "duplicates", "reorders", "garbage", "resets", "refused"];

    [Theory, Scenario(38), MemberData(nameof(Faults))]
    public Task Holder_RenewsAndThenFallsSilent_IsTakenOverThenAndNotBefore(string fault) => RenewsAndFallsSilentAsync(fault);

    [Theory, Scenario(38), MemberData(nameof(Faults))]
    public Task Holder_Releases_IsTakenOverAThirdOfTheLeaseLaterAtMost(string fault) => ReleasesAsync(fault);
}

/// <summary>A watch that says ten times a second that nothing happened.</summary>
public sealed class BookmarkScenarios() : WatchScenarios(new() { BookmarkInterval = Seconds(0.1) })
{
    [Fact, Scenario(38)]
    public Task Holder_RenewsAndThenFallsSilent_IsTakenOverThenAndNotBefore() => RenewsAndFallsSilentAsync("none");

    [Fact, Scenario(38)]
    public Task Holder_Releases_IsTakenOver() => ReleasesAsync("none");
}
