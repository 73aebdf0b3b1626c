using System.Globalization;
using FailoverDemo.Story;
using Spectre.Console;

namespace FailoverDemo.Views;

/// <summary>Who leads, for how long, and what comes next.</summary>
internal static class Facts
{
    public const int LabelWidth = 14;

    private const int BarWidth = 20;

    public static IEnumerable<StyledLine> Of(Scene scene) =>
    [
        scene.Leader is { } leader ? Leader(leader, scene) : Nobody(scene),
        Labelled("Term").Add(scene.Leader is { } l ? Text($"{l.Term}, fencing token {l.FencingToken}, worked {l.Worked} times") : "-"),
        scene.Leader is { } renewing ? Renewal(renewing, scene.Timings) : Labelled("Next renewal").Add("-"),
        Labelled("Coming up").Add(scene.Next is { } next ? Text($"{What(next.What)} in {Countdown(next.Due - scene.Now)}") : "-"),
    ];

    public static StyledLine Labelled(string label) => new StyledLine().Add(label.PadRight(LabelWidth), Color.Grey);

    private static StyledLine Leader(LeaderScene leader, Scene scene) => Labelled("Leader")
        .Add(leader.Replica, leader.IsFrozen ? Color.Yellow : Color.Green, Decoration.Bold)
        .Add($" for {Countdown(scene.Now - leader.Since)}");

    private static StyledLine Nobody(Scene scene)
    {
        var line = Labelled("Leader").Add("nobody", Color.Red, Decoration.Bold).Add($" for {Countdown(scene.Now - scene.LeaderlessSince)}");
        return scene.LeaseExpires is { } expires
            ? line.Add($"; the silent leader's Lease expires in {Countdown(expires - scene.Now)}")
            : line;
    }

    private static StyledLine Renewal(LeaderScene leader, Timings timings)
    {
        if (leader.NextRenewal < TimeSpan.Zero && leader.IsFrozen)
            return Labelled("Next renewal").Add($"no answer; the term ends in {Countdown(leader.Remaining)}", Color.Yellow);

        var filled = (int)Math.Round(Math.Clamp(leader.NextRenewal / timings.RenewInterval, 0, 1) * BarWidth);
        return Labelled("Next renewal")
            .Add($"in {Countdown(leader.NextRenewal)}  ")
            .Add(new string('█', filled), Color.Green).Add(new string('·', BarWidth - filled), Color.Grey)
            .Add($"  without one the term ends in {Countdown(leader.Remaining)}");
    }

    private static string What(Disruption what) => what is Disruption.Freeze ? "the leader is frozen" : "the leader is stopped gracefully";

    private static string Countdown(TimeSpan left) => Text($"{Math.Max(0, left.TotalSeconds):0.0} s");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
