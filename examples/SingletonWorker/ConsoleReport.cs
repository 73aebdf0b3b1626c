using System.Globalization;
using LeaseElection;
using Spectre.Console;

namespace SingletonWorker;

/// <summary>Lines for people, in colour where the terminal has it; the work itself is counted, not listed.</summary>
internal sealed class ConsoleReport(TimeProvider time) : IReport
{
    private readonly Lock _gate = new();
    private string? _leader;
    private long? _leaderlessSince;
    private long _worked;

    public void Say(ReportEvent what, string? leader, long? fencingToken, TermEndReason? reason)
    {
        lock (_gate)
        {
            switch (what)
            {
                case ReportEvent.Started:
                    Line("grey", "started; waiting for the Lease");
                    break;
                case ReportEvent.Leader:
                    Leader(leader);
                    break;
                case ReportEvent.Leading:
                    _worked = 0;
                    Line("green", string.Create(CultureInfo.InvariantCulture, $"LEADING, fencing token {fencingToken}"));
                    break;
                case ReportEvent.Working:
                    _worked++;
                    break;
                case ReportEvent.Ended:
                    Line("yellow", string.Create(CultureInfo.InvariantCulture, $"work has stopped after {_worked} ticks, fencing token {fencingToken}: {reason}"));
                    break;
                default:
                    Line("grey", "stopped");
                    break;
            }
        }
    }

    // From the last sight of a leader to the next one: what a failover costs, as this replica sees it.
    private void Leader(string? leader)
    {
        var since = _leaderlessSince;
        if (leader is null)
        {
            if (_leader is not null)
                _leaderlessSince = time.GetTimestamp();
            Line("red", "nobody leads");
        }
        else if (leader != _leader)
        {
            var took = since is { } from ? string.Create(CultureInfo.InvariantCulture, $" (failover took {time.GetElapsedTime(from).TotalMilliseconds:0} ms)") : "";
            Line("blue", $"leader: {leader}{took}");
            _leaderlessSince = null;
        }

        _leader = leader;
    }

    private void Line(string colour, string text) =>
        AnsiConsole.MarkupLine($"[grey]{time.GetLocalNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}[/] [{colour}]{Markup.Escape(text)}[/]");
}
