using System.Globalization;
using LeaseElection.Chaos.Judging;
using LeaseElection.Chaos.Nemesis;
using LeaseElection.Chaos.Plans;
using LeaseElection.Chaos.Workers;

namespace LeaseElection.Chaos.Reports;

/// <summary>
/// The run as a picture: bands of two minutes, one below the other, so that an hour can be read; in each a lane for every worker, one for
/// the
/// servers and one for the Lease's holder. A fault's name stands above its lane, its length below.
/// </summary>
internal sealed class Timeline
{
    private const double Left = 80, Top = 56, Second = 10, LaneHeight = 24, Gap = 34;
    private const int BandSeconds = 120;
    private const string Term =
        "#a7d3a6", Working = "#2e7d32", Frozen = "#90caf9", Trouble = "#e53935", Servers = "#8e24aa", Faint = "#eeeeee";
    private static readonly string[] Holders = ["#1b9e77", "#d95f02", "#7570b3", "#e7298a", "#66a61e"];

    private readonly RunRecord _run;
    private readonly SvgWriter _svg;
    private readonly double _seconds;

    private Timeline(RunRecord run, SvgWriter svg, double seconds) => (_run, _svg, _seconds) = (run, svg, seconds);

    private int Lanes => _run.Lanes.Count + 2;

    private double BandHeight => (Lanes * LaneHeight) + Gap;

    public static string Draw(RunRecord run, string title, IReadOnlyList<Overlap> overlaps)
    {
        var seconds = run.Time.Length.TotalSeconds;
        var bands = Math.Max(1, (int)Math.Ceiling(seconds / BandSeconds));
        var lanes = run.Lanes.Count + 2;
        using var svg = new SvgWriter(
            Left + (Math.Min(seconds, BandSeconds) * Second) + 30, Top + (bands * ((lanes * LaneHeight) + Gap)) + 10);
        var timeline = new Timeline(run, svg, seconds);
        svg.Text(10, 18, title, size: 14);
        timeline.Legend();
        for (var band = 0; band < bands; band++)
            timeline.Grid(band);
        timeline.Work();
        timeline.Faults();
        timeline.HolderChanges();
        foreach (var overlap in overlaps)
            timeline.Bar(
                overlap.Span, 0, "#ff0000", $"OVERLAP {overlap.One} and {overlap.Other}: {overlap.Span.Length.TotalMilliseconds:0} ms",
                run.Lanes.Count * LaneHeight, 0.35);
        return svg.Finish();
    }

    private void Legend()
    {
        (string Colour, string Text)[] all =
        [
            (Term, "term"), (Working, "working"), (Frozen, "frozen"), (Trouble, "fault (point at it)"), (Servers, "server or Lease fault"),
            ("#ff0000", "two at work"),
        ];
        var x = Left;
        foreach (var (colour, text) in all)
        {
            _svg.Rectangle(x, 28, 12, 12, colour);
            _svg.Text(x + 16, 38, text);
            x += 34 + (text.Length * 6.5);
        }
    }

    private void Grid(int band)
    {
        var seconds = Math.Min(BandSeconds, _seconds - (band * BandSeconds));
        for (var lane = 0; lane < Lanes; lane++)
        {
            var y = Y(band, lane);
            _svg.Rectangle(Left, y + 9, seconds * Second, 12, Faint);
            _svg.Text(8, y + 19, lane < _run.Lanes.Count ? Lane.NameOf(lane) : lane == _run.Lanes.Count ? "servers" : "holder");
        }

        for (var second = 0; second <= seconds; second += 10)
        {
            var x = Left + (second * Second);
            _svg.Line(x, Y(band, 0), x, Y(band, Lanes), "#cccccc");
            _svg.Text(x + 2, Y(band, Lanes) + 12, Clock((band * BandSeconds) + second), "#888888", 9);
        }
    }

    private void Work()
    {
        for (var lane = 0; lane < _run.Lanes.Count; lane++)
        {
            foreach (var worker in _run.Lanes[lane])
            {
                foreach (var (span, tip) in TermSpans.Of(worker))
                    Bar(span, lane, Term, tip, 12, 1, 9);
                foreach (var stretch in WorkStretch.Of(lane, worker))
                    Bar(
                        stretch.Span, lane, Working,
                        $"{stretch.Worker} works, token {stretch.Token?.ToString(CultureInfo.InvariantCulture) ?? "none"}", 6, 1, 12);
                foreach (var freeze in worker.Freezes ?? [])
                    Bar(
                        new(freeze.FromNs, freeze.ToNs), lane, Frozen,
                        $"{worker.Name} frozen for {(freeze.ToNs - freeze.FromNs) / 1e9:0.00} s", 6, 1, 12);
            }
        }
    }

    private void Faults()
    {
        foreach (var fault in _run.Faults.Where(f => f.WasDone))
        {
            var tip = FormattableString.Invariant($"{Name(fault)}, {(fault.ToNs - fault.FromNs) / 1e9:0.00} s {fault.Outcome}").TrimEnd();
            var lane = fault.Lane ?? _run.Lanes.Count;
            var colour = fault.Lane is null ? Servers : Trouble;
            Bar(new(fault.FromNs, fault.ToNs), lane, colour, tip, 3, 1, 21);
            var (band, x) = Where(fault.FromNs);
            _svg.Text(x, Y(band, lane) + 8, Name(fault), colour, 8);
        }
    }

    private void HolderChanges()
    {
        for (var i = 0; i < _run.Holders.Count; i++)
        {
            var (at, holder) = _run.Holders[i];
            var until = i + 1 < _run.Holders.Count ? _run.Holders[i + 1].AtNs : _run.Time.ToNs;
            if (holder is not { Length: > 0 })
                continue;
            var lane = Enumerable.Range(0, _run.Lanes.Count)
                .FirstOrDefault(l => holder.StartsWith(Lane.NameOf(l) + ".", StringComparison.Ordinal), -1);
            Bar(new(at, until), Lanes - 1, lane < 0 ? "#444444" : Holders[lane % Holders.Length], $"the Lease names {holder}", 12, 1, 9);
            var (band, x) = Where(Math.Max(at, _run.Time.FromNs));
            _svg.Text(x + 2, Y(band, Lanes - 1) + 18, lane < 0 ? "other" : FormattableString.Invariant($"{lane + 1}"), "#ffffff", 9);
        }
    }

    // A bar that runs over the end of a band goes on in the next; none is too short to be seen.
    private void Bar(Span span, int lane, string colour, string tip, double height, double opacity = 1, double down = 0)
    {
        if (span.And(_run.Time) is not { } seen)
            return;
        var (from, to) = ((seen.FromNs - _run.Time.FromNs) / 1e9, (seen.ToNs - _run.Time.FromNs) / 1e9);
        do
        {
            var band = Band(from);
            // The last band takes what a run lasted longer than it: less than a millisecond would otherwise be drawn for ever.
            var end = band == Band(_seconds) ? to : Math.Min(to, (band + 1) * BandSeconds);
            _svg.Rectangle(X(from), Y(band, lane) + down, Math.Max(1, (end - from) * Second), height, colour, tip, opacity);
            from = end;
        }
        while (from < to);
    }

    private (int Band, double X) Where(long ns)
    {
        var seconds = Math.Clamp((ns - _run.Time.FromNs) / 1e9, 0, _seconds);
        return (Band(seconds), X(seconds));
    }

    private static string Name(FaultRecord fault) => fault.Planned.Kind is FaultKind.Slow
        ? FormattableString.Invariant($"Slow {fault.Planned.Delay.TotalMilliseconds:0} ms")
        : fault.Planned.Kind.ToString();

    private int Band(double seconds) => (int)Math.Min(seconds, Math.Max(0, _seconds - 0.001)) / BandSeconds;

    private double X(double seconds) => Left + ((seconds - (Band(seconds) * BandSeconds)) * Second);

    private double Y(int band, int lane) => Top + (band * BandHeight) + (lane * LaneHeight);

    private static string Clock(int seconds) => FormattableString.Invariant($"{seconds / 60}:{seconds % 60:00}");
}
