using System.Collections.Frozen;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using LeaseElection.RealServer.Tests.ServerConformance.Playback;

namespace LeaseElection.RealServer.Tests.ServerConformance.Recorded;

/// <summary>What a kube-apiserver 1.36.2 answered to the cases: see the file's README.</summary>
internal static partial class Recording
{
    private const string File = "kube-apiserver-1.36.2.json.gz";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<FrozenDictionary<string, RecordedStep[]>> Steps = new(Load);

    /// <summary>Gets the names of the recorded cases.</summary>
    public static IReadOnlyCollection<string> Cases => Steps.Value.Keys;

    /// <summary>The namespace of a recorded case; null where it names none.</summary>
    public static string? NamespaceOf(string name) =>
        Steps.Value[name].Select(s => Namespace().Match(s.Path + string.Concat(s.Request))).FirstOrDefault(m => m.Success)?.Value;

    /// <summary>The exchanges of a recorded case.</summary>
    public static IReadOnlyList<Exchange> Of(ConformanceCase @case)
    {
        var numbers = @case.Steps.Index().Where(s => s.Item is not (Grant or ForgetHistory)).Select(s => s.Index + 1).ToList();
        var steps = Steps.Value[@case.Name];
        Assert.Equal(numbers.Count, steps.Length);
        return [.. numbers.Zip(steps, ToExchange)];
    }

    private static FrozenDictionary<string, RecordedStep[]> Load()
    {
        using var file = typeof(Recording).Assembly.GetManifestResourceStream(typeof(Recording), File)!;
        using var text = new GZipStream(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<Dictionary<string, RecordedStep[]>>(text, Options)!.ToFrozenDictionary();
    }

    private static Exchange ToExchange(int number, RecordedStep step) =>
        new(number, string.Join('\n', [$"{step.Method} {step.Path}", .. step.Request]), [.. Answers(step)]);

    // A race has several answers in one step, each after the first with a line for its status.
    private static IEnumerable<Answer> Answers(RecordedStep step)
    {
        var (status, lines) = (step.Status ?? 0, new List<string>());
        foreach (var line in step.Response)
        {
            if (!NextAnswer().IsMatch(line))
            {
                lines.Add(line);
                continue;
            }

            yield return ToAnswer(status, lines);
            (status, lines) = (int.Parse(line.AsSpan("<<< ".Length), CultureInfo.InvariantCulture), []);
        }

        yield return ToAnswer(status, lines);
    }

    private static Answer ToAnswer(int status, List<string> lines)
    {
        var headers = lines.TakeWhile(l => Header().IsMatch(l)).Select(l => l.Split(": ", 2)).Select(p => (p[0], p[1])).ToList();
        var body = lines.Skip(headers.Count);
        var isYaml = headers.Contains(("Content-Type", "application/yaml"));
        return new(status, headers, Filling().Replace(isYaml ? Indentation.Restore(body) : string.Join('\n', body), Fill));
    }

    private static string Fill(Match match) =>
        new(match.Groups["char"].Value[0], int.Parse(match.Groups["times"].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex("ns-[0-9a-f]{10}")]
    private static partial Regex Namespace();

    [GeneratedRegex("^<<< [0-9]{3}$")]
    private static partial Regex NextAnswer();

    [GeneratedRegex("^[A-Z][A-Za-z-]*: ")]
    private static partial Regex Header();

    [GeneratedRegex(@"\{(?<char>\w)\*(?<times>\d+)\}")]
    private static partial Regex Filling();
}
