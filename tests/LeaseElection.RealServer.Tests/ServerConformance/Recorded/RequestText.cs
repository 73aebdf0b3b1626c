using System.Text.RegularExpressions;
using LeaseElection.RealServer.Tests.ServerConformance.Playback;

namespace LeaseElection.RealServer.Tests.ServerConformance.Recorded;

/// <summary>A request's text without what differs from play to play, to see whether a case is still what was recorded.</summary>
internal static partial class RequestText
{
    public static string Of(Exchange exchange)
    {
        var lines = Transcript.Shorten(exchange.Request).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return Uid().Replace(Version().Replace(Continue().Replace(string.Join('\n', lines), "(token)"), "(version)"), "(uid)");
    }

    [GeneratedRegex("(?<=continue=)[A-Za-z0-9_-]{20,}")]
    private static partial Regex Continue();

    [GeneratedRegex("""(?<=resourceVersion(?:=|":"))[0-9]{2,}""")]
    private static partial Regex Version();

    [GeneratedRegex("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uid();
}
