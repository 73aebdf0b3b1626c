using System.Globalization;
using System.Net;
using System.Text;
using LeaseElection.Simulation.Playing;

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
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns='http://www.w3.org/2000/svg' width='{Left + Width + 20}' height='{Top + ((lanes + 1) * Lane) + 60}' font-family='sans-serif' font-size='11'>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<rect width='100%' height='100%' fill='white'/><text x='{Left}' y='16'>seed {world.Plan.Seed}: grey is a fault, light green leading, dark green working; above, the Lease's writes</text>\n");
        for (var second = 0.0; second <= end; second += Step(end))
            svg.Append(CultureInfo.InvariantCulture, $"<line x1='{X(second):F1}' x2='{X(second):F1}' y1='{Top - 20}' y2='{Top + ((lanes + 1) * Lane)}' stroke='#eee'/><text x='{X(second):F1}' y='{Top - 22}' fill='#888'>{second:F0} s</text>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x='4' y='{Top + 20}'>Lease</text>\n");
        for (var i = 0; i < lanes; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<text x='4' y='{Y(i) + 24}'>r{i}</text><line x1='{Left}' x2='{Left + Width}' y1='{Y(i) + Lane - 4}' y2='{Y(i) + Lane - 4}' stroke='#ddd'/>\n");

        foreach (var (from, to, line) in Spans(lines, TraceKind.Fault, TraceKind.Healed, world.Agenda.Now).Where(s => s.Line.Replica >= 0))
            Bar(Y(line.Replica), 38, from, to, "#bbb", "0.35", line.Text);
        foreach (var (from, to, line) in Spans(lines, TraceKind.Term, TraceKind.TermEnd, world.Agenda.Now))
            Bar(Y(line.Replica) + 4, 16, from, to, "#8fd19e", "0.9", line.Text);
        foreach (var (from, to, line) in Spans(lines, TraceKind.Work, TraceKind.WorkEnd, world.Agenda.Now))
            Bar(Y(line.Replica) + 22, 10, from, to, "#2a7d3f", "0.9", line.Text);
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
                Bar(y, height, line.At, line.At, color, "1", line.Text);
        }

        return svg.Append("</svg>\n").ToString();

        double X(double seconds) => Left + (seconds / Math.Max(end, 0.001) * Width);
        int Y(int replica) => Top + ((replica + 1) * Lane);
        void Bar(int y, int height, TimeSpan from, TimeSpan to, string color, string opacity, string text) => svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect x='{X(from.TotalSeconds):F2}' y='{y}' width='{Math.Max(1, X(to.TotalSeconds) - X(from.TotalSeconds)):F2}' height='{height}' fill='{color}' opacity='{opacity}'><title>{from.TotalSeconds:F3} s: {WebUtility.HtmlEncode(text)}</title></rect>\n");
    }

    // What begins with one kind of line and ends with another of the same replica; a process that is gone ends all.
    private static IEnumerable<(TimeSpan From, TimeSpan To, TraceLine Line)> Spans(IReadOnlyList<TraceLine> lines, TraceKind begin, TraceKind finish, TimeSpan end)
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
