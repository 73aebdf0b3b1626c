using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LeaseElection.RealServer.Tests.ServerConformance.Playback;

/// <summary>Exchanges for people to read.</summary>
internal static partial class Transcript
{
    public static string Write(IEnumerable<Exchange> exchanges)
    {
        var text = new StringBuilder();
        foreach (var exchange in exchanges)
        {
            text.Append(CultureInfo.InvariantCulture, $"--- {exchange.Step} >>> {Shorten(exchange.Request)}\n");
            foreach (var answer in exchange.Answers)
                Write(text, answer);
        }

        return text.ToString();
    }

    /// <summary>Filling is of no interest; its length is.</summary>
    public static string Shorten(string text) =>
        Filling().Replace(text, m => string.Create(CultureInfo.InvariantCulture, $"{{{m.Value[0]}*{m.Length}}}"));

    [GeneratedRegex(@"(\w)\1{99,}")]
    private static partial Regex Filling();

    private static void Write(StringBuilder text, Answer answer)
    {
        text.Append(CultureInfo.InvariantCulture, $"<<< {answer.Status}\n");
        foreach (var (name, value) in answer.Headers)
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        text.Append(Shorten(answer.Body.TrimEnd('\n'))).Append('\n');
    }
}
