using System.Text;

namespace LeaseElection.RealServer.Tests.Reference.Recording;

/// <summary>The first line and the headers of a request as they came, in HTTP/1.1.</summary>
internal sealed record HttpHead(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers)
{
    private const int Longest = 1 << 20;

    public IEnumerable<string> All(string name) =>
        Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    public string? Header(string name) => All(name).FirstOrDefault();

    /// <summary>Reads one, byte by byte: what follows belongs to whoever reads next.</summary>
    /// <returns>Null at the end of the stream.</returns>
    public static async Task<HttpHead?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var (text, one) = (new StringBuilder(), new byte[1]);
        while (await stream.ReadAsync(one, cancellationToken) == 1 && text.Length < Longest)
        {
            text.Append((char)one[0]); // Latin-1, as header fields are
            if (one[0] == '\n' && text.Length >= 4 && text.ToString(text.Length - 4, 4) == "\r\n\r\n")
                return Parse(text.ToString());
        }

        return null;
    }

    private static HttpHead Parse(string text)
    {
        var lines = text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = lines[0].Split(' ');
        return new(first[0], first[1], [.. lines[1..].Select(Field)]);
    }

    private static (string Name, string Value) Field(string line) =>
        line.IndexOf(':', StringComparison.Ordinal) is var colon && colon > 0 ? (line[..colon], line[(colon + 1)..].Trim()) : (line, "");
}
