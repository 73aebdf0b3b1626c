using LeaseElection.Simulation.Playing;
using LeaseElection.TestKit;

namespace LeaseElection.Simulation.Pictures;

/// <summary>Draws a world's trace: a lane for the Lease, and one for each replica with its faults, its terms and its work.</summary>
internal static class Timeline
{
    private const int Left = 60;
    private const int Width = 1400;
    private const int Lane = 46;
    private const int Top = 50;

    public static string Draw(World world)
    {
        var lines = world.Trace!.Lines;
        var end = world.Agenda.Now.TotalSeconds;
        var lanes = world.Plan.Replicas.Count;
        using var svg = new SvgWriter(Left + Width + 20, Top + ((lanes + 1) * Lane) + 60);
        svg.Text(
            Left, 16, $"seed {world.Plan.Seed}: grey is a fault, light green leading, dark green working; above, the Lease's writes",
            "#000000");
        for (var second = 0.0; second <= end; second += Step(end))
        {
            svg.Line(X(second), Top - 20, X(second), Top + ((lanes + 1) * Lane), "#eee");
            svg.Text(X(second), Top - 22, FormattableString.Invariant($"{second:F0} s"), "#888");
        }

        svg.Text(4, Top + 20, "Lease", "#000000");
        for (var i = 0; i < lanes; i++)
        {
            svg.Text(4, Y(i) + 24, FormattableString.Invariant($"r{i}"), "#000000");
            svg.Line(Left, Y(i) + Lane - 4, Left + Width, Y(i) + Lane - 4, "#ddd");
        }

        foreach (var (from, to, line) in Spans(lines, TraceKind.Fault, TraceKind.Healed, world.Agenda.Now).Where(s => s.Line.Replica >= 0))
            Bar(Y(line.Replica), 38, from, to, "#bbb", 0.35, line.Text);
        foreach (var (from, to, line) in Spans(lines, TraceKind.Term, TraceKind.TermEnd, world.Agenda.Now))
            Bar(Y(line.Replica) + 4, 16, from, to, "#8fd19e", 0.9, line.Text);
        foreach (var (from, to, line) in Spans(lines, TraceKind.Work, TraceKind.WorkEnd, world.Agenda.Now))
            Bar(Y(line.Replica) + 22, 10, from, to, "#2a7d3f", 0.9, line.Text);
        foreach (var line in lines)
        {
            var (color, y, height) = line.Kind switch
            {
                TraceKind.Lease => ("#3367d6", Top + 4, 30),
                TraceKind.Gone => ("#c00", Y(Math.Max(0, line.Replica)), 40),
                TraceKind.Start => ("#080", Y(Math.Max(0, line.Replica)), 40),
                TraceKind.Round => ("#f0a", Top - 10, 12),
                TraceKind.Fault when line.Replica < 0 => ("#888", Top - 10, 44),
                TraceKind.Violation => ("#f00", Top - 20, (lanes + 2) * Lane),
                _ => ("", 0, 0),
            };
            if (height > 0)
                Bar(y, height, line.At, line.At, color, 1, line.Text);
        }

        return svg.Finish();

        double X(double seconds) => Left + (seconds / Math.Max(end, 0.001) * Width);
        int Y(int replica) => Top + ((replica + 1) * Lane);
        void Bar(int y, int height, TimeSpan from, TimeSpan to, string color, double opacity, string text) => svg.Rectangle(
            X(from.TotalSeconds),
            y,
            Math.Max(1, X(to.TotalSeconds) - X(from.TotalSeconds)),
            height,
            color,
            FormattableString.Invariant($"{from.TotalSeconds:F3} s: {text}"),
            opacity);
    }

    // What begins with one kind of line and ends with another of the same replica; a process that is gone ends all.
    private static IEnumerable<(TimeSpan From, TimeSpan To, TraceLine Line)> Spans(
        IReadOnlyList<TraceLine> lines, TraceKind begin, TraceKind finish, TimeSpan end)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Kind != begin)
                continue;
            var first = lines[i];
            var what = begin == TraceKind.Fault ? first.Text.Split(' ')[0] : null;
            var to = lines.Skip(i + 1)
                .Where(l => l.Replica == first.Replica && ((l.Kind == finish && (what is null || l.Text == what)) || (what is null && l.Kind == TraceKind.Gone)))
                .Select(l => (TimeSpan?)l.At).FirstOrDefault();
            yield return (first.At, to ?? (begin == TraceKind.Fault ? first.At : end), first);
        }
    }

    private static double Step(double end) => end switch { < 10 => 1, < 60 => 5, < 300 => 30, _ => 60 };
}
