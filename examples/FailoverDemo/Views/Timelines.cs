using FailoverDemo.Story;
using Spectre.Console;

namespace FailoverDemo.Views;

/// <summary>The last minute of each replica as a bar.</summary>
internal static class Timelines
{
    private const int NameWidth = 11;
    private const int StateWidth = 9;

    private static readonly Dictionary<ReplicaState, Look> Looks = new()
    {
        [ReplicaState.Unknown] = new(' ', Color.Default, "", ""),
        [ReplicaState.Leading] = new('█', Color.Green, "leading", "leading"),
        [ReplicaState.LeadingFrozen] = new('▓', Color.Yellow, "cut off", "leading, though frozen"),
        [ReplicaState.Frozen] = new('░', Color.Blue, "frozen", "frozen"),
        [ReplicaState.Standby] = new('─', Color.Grey, "standby", "standby"),
        [ReplicaState.Stopped] = new('·', Color.Red, "stopped", "stopped"),
    };

    /// <summary>How many steps fit on a line.</summary>
    public static int Steps(int width) => Math.Clamp(width - NameWidth - StateWidth, 10, 60);

    public static IEnumerable<StyledLine> Of(Scene scene)
    {
        yield return Axis(scene.Replicas[0].Past.Count);
        foreach (var replica in scene.Replicas)
            yield return Bar(replica);
        yield return Legend();
    }

    private static StyledLine Axis(int steps) =>
        new StyledLine().Add(new string(' ', NameWidth) + "60 s ago" + "now".PadLeft(Math.Max(4, steps - 8)), Color.Grey);

    private static StyledLine Bar(ReplicaScene replica)
    {
        var line = new StyledLine().Add(replica.Name.PadRight(NameWidth));
        foreach (var step in replica.Past)
            line.Add(Looks[step].Character.ToString(), Looks[step].Color);
        return line.Add($"  {Looks[replica.State].Name}", Looks[replica.State].Color);
    }

    private static StyledLine Legend()
    {
        var line = new StyledLine().Add(new string(' ', NameWidth));
        foreach (var look in Looks.Values.Where(look => look.Meaning.Length > 0))
            line.Add(look.Character.ToString(), look.Color).Add($" {look.Meaning}  ", Color.Grey);
        return line;
    }

    private sealed record Look(char Character, Color Color, string Name, string Meaning);
}
