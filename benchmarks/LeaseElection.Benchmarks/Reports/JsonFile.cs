using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LeaseElection.Benchmarks.CommandLine;

namespace LeaseElection.Benchmarks.Reports;

/// <summary>An outcome as a file: what it was measured on, when, by which command, and every sample.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // A file for people, not a page: an apostrophe stays one.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static Task WriteAsync(
        string path, Request request, Machine machine, DateTimeOffset at, Outcome outcome, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, Text(request, machine, at, outcome), cancellationToken);

    public static string Text(Request request, Machine machine, DateTimeOffset at, Outcome outcome) => JsonSerializer.Serialize(
        new
        {
            What = request.What.Name,
            At = at,
            Command = Command(request),
            Machine = machine,
            outcome.Title,
            outcome.Notes,
            Targets = outcome.Targets.Select(target => new
            {
                target.Name,
                target.Measured,
                target.Bound,
                target.Limit,
                target.Unit,
                Verdict = target.Verdict(request.Smallest),
            }),
            outcome.Series,
        },
        Options) + "\n";

    // Without the files: the next measurement keeps its files elsewhere.
    private static string Command(Request request)
    {
        var size = request.Smallest ? " --smallest" : "";
        if (request.Runs is { } runs)
            size += FormattableString.Invariant($" --runs {runs}");
        if (request.Standbys is { } standbys)
            size += $" --standbys {string.Join(',', standbys)}";
        if (request.Elections is { } elections)
            size += $" --elections {string.Join(',', elections)}";
        if (request.Window is { } window)
            size += FormattableString.Invariant($" --minutes {window.TotalMinutes}");
        return $"dotnet run -c Release --project benchmarks/LeaseElection.Benchmarks -- {request.What.Name}{size}";
    }
}
