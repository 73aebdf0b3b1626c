using System.Globalization;

namespace LeaseElection.Testing.Api.Representations;

/// <summary>One of the things that an Accept header asks for, such as <c>application/json;as=Table;v=v1;g=meta.k8s.io</c>.</summary>
internal sealed record MediaRange(string Type, string As, string Version, string Group, double Quality)
{
    /// <summary>Reads a header; the best comes first.</summary>
    public static IReadOnlyList<MediaRange> Parse(string header) =>
        [
            .. header.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(One)
                .OrderByDescending(range => range.Quality),
        ];

    private static MediaRange One(string text)
    {
        var parts = text.Split(';', StringSplitOptions.TrimEntries);
        string Of(string name) =>
            parts.Skip(1).LastOrDefault(p => p.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..] ?? "";
        var quality = double.TryParse(Of("q"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q) ? q : 1;
        return new(parts[0], Of("as"), Of("v"), Of("g"), quality);
    }
}
