namespace LeaseElection.Connection.Http;

/// <summary>How much an answer speaks against what is at the other end of its connection.</summary>
internal static class BadAnswers
{
    /// <summary>
    /// Zero for an API server's answer. A server in trouble (5xx) counts once: several in a row may be one dead node that old connections
    /// end at. What is no API server's answer (a redirect, a success or a 404 that is not JSON) is enough by itself.
    /// </summary>
    public static int WeightOf(ApiAnswer.Replied answer) => answer.Status switch
    {
        >= 500 => 1,
        >= 300 and <= 399 => Transport.MostTrouble,
        404 or (>= 200 and <= 299) when answer.BodyFault is null && !IsJson(answer.Body.Span) => Transport.MostTrouble,
        _ => 0,
    };

    private static bool IsJson(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
}
