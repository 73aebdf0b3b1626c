using System.Globalization;
using System.Text;

namespace LeaseElection.Simulation.Playing;

/// <summary>What happened in a world, in order. The same seed gives the same text, byte for byte.</summary>
internal sealed class Trace(Func<TimeSpan> now)
{
    private readonly List<TraceLine> _lines = [];

    public IReadOnlyList<TraceLine> Lines => _lines;

    public void Add(TraceKind kind, int replica, string text) => _lines.Add(new(now(), kind, replica, text));

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var line in _lines)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{line.At.TotalSeconds,12:F6} {(line.Replica < 0 ? "  " : $"r{line.Replica}")} {line.Kind,-9} {line.Text}\n");
        }

        return text.ToString();
    }
}

/// <summary>One thing that happened.</summary>
/// <param name="At">When, in true time.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Replica">To whom; -1 to no single one.</param>
/// <param name="Text">In words.</param>
internal readonly record struct TraceLine(TimeSpan At, TraceKind Kind, int Replica, string Text);

/// <summary>The kinds of trace lines.</summary>
internal enum TraceKind
{
    Round,
    Fault,
    Healed,
    Start,
    Gone,
    Lease,
    Outcome,
    Term,
    TermEnd,
    Work,
    WorkEnd,
    Note,
    Violation,
}
