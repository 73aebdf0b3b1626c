using System.Globalization;
using LeaseElection.Simulation.Shell.Clock;

namespace LeaseElection.Simulation.Shell.Records;

/// <summary>What happened, in words, for people; kept only where somebody asked.</summary>
internal sealed class Chronicle(WorldTime time, bool isKept)
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];

    public void Note(FormattableString text)
    {
        if (!isKept)
            return;
        lock (_gate)
            _lines.Add(string.Create(
                CultureInfo.InvariantCulture, $"{time.Now.TotalSeconds,9:0.0000} {text.ToString(CultureInfo.InvariantCulture)}"));
    }

    public override string ToString()
    {
        lock (_gate)
            return string.Join('\n', _lines);
    }
}
