using System.Globalization;
using LeaseElection;
using Microsoft.Extensions.Logging;

namespace FailoverDemo.Story;

/// <summary>Says in words what happened.</summary>
internal static class Narrator
{
    /// <summary>The line for an event; null for one that is not worth a line.</summary>
    public static (Tone Tone, string Text)? Line(StoryEvent told) => told switch
    {
        Started => (Tone.Quiet, $"{told.Replica} has started"),
        Stopped { Pause: { } pause } => (Tone.Quiet, $"{told.Replica} has stopped, and starts anew in {Seconds(pause)}"),
        Stopped => (Tone.Quiet, $"{told.Replica} has stopped"),
        TermEnded ended => (Tone.Quiet, $"{told.Replica} leads no more: {Reason(ended.Reason)}"),
        StopAsked => (Tone.Act, $"stopping {told.Replica} gracefully, as a rolling update does"),
        Frozen => (Tone.Act, $"freezing {told.Replica}: the API server never answers it"),
        Thawed => (Tone.Act, $"thawing {told.Replica}: it is answered again"),
        Logged logged => (Loudness(logged.Level), $"{told.Replica} {Verb(logged.Level)}: {logged.Text}"),
        Noted noted => (Tone.Quiet, noted.Text),
        _ => null,
    };

    /// <summary>The line for a new term.</summary>
    public static (Tone Tone, string Text) Line(Term term, Failover? failover) =>
        (Tone.Good, Text($"{term.Replica} leads, token {term.FencingToken}") + (failover is null ? "" : $"; {Took(failover)}"));

    /// <summary>How long a failover took, and counted from when.</summary>
    public static string Took(Failover failover) => failover.Kind is Disruption.Freeze
        ? $"failover {Duration(failover.SinceRenewal)} from the last renewal, {Duration(failover.SinceWorkEnded)} from the old work's end"
        : $"failover {Duration(failover.SinceWorkEnded)} from the old work's end";

    /// <summary>In milliseconds below a second, in seconds above.</summary>
    public static string Duration(TimeSpan duration) =>
        duration < TimeSpan.FromSeconds(1) ? Text($"{duration.TotalMilliseconds:0} ms") : Text($"{duration.TotalSeconds:0.00} s");

    public static string Seconds(TimeSpan duration) => Text($"{duration.TotalSeconds:0.#} s");

    private static Tone Loudness(LogLevel level) => level switch
    {
        >= LogLevel.Error => Tone.Bad,
        LogLevel.Warning => Tone.Warning,
        _ => Tone.Quiet,
    };

    private static string Verb(LogLevel level) => level switch
    {
        >= LogLevel.Error => "reports an error",
        LogLevel.Warning => "warns",
        _ => "logs",
    };

    private static string Reason(TermEndReason? reason) => reason switch
    {
        TermEndReason.Stopped => "its host stops; the Lease is released",
        TermEndReason.SteppedDown => "it was asked to step down",
        TermEndReason.DeadlinePassed => "no renewal succeeded in time",
        TermEndReason.Superseded => "another holder stands in the Lease",
        TermEndReason.Paused => "it was asked to pause",
        null => "its work has ended",
        _ => reason.Value.ToString(),
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
