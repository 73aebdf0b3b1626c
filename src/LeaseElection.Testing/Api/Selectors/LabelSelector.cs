using LeaseElection.Testing.Api.Protocol;

namespace LeaseElection.Testing.Api.Selectors;

/// <summary>A label selector: requirements that must all hold.</summary>
internal sealed class LabelSelector
{
    private readonly List<Func<IReadOnlyDictionary<string, string>, bool>> _requirements = [];

    public bool IsEmpty => _requirements.Count == 0;

    public bool Matches(IReadOnlyDictionary<string, string> labels) => _requirements.TrueForAll(r => r(labels));

    /// <exception cref="ApiException">Not a selector (400).</exception>
    public static LabelSelector Parse(string? text)
    {
        var selector = new LabelSelector();
        var scanner = new SelectorScanner(text ?? "");
        while (scanner.Next.Length > 0)
        {
            if (!scanner.IsAtWord && scanner.Next != "!")
                throw Wrong($"found '{scanner.Next}', expected: !, identifier, or 'end of string'");
            selector._requirements.Add(LabelRequirement.Parse(scanner));
            if (scanner.Next.Length == 0)
                break;
            if (!scanner.Take(","))
                throw Wrong($"found '{scanner.Next}', expected: ',' or 'end of string'");
            if (!scanner.IsAtWord && scanner.Next != "!")
                throw Wrong($"found '{scanner.Next}', expected: identifier after ','");
        }

        return selector;
    }

    private static ApiException Wrong(string what) => new(ApiStatus.BadRequest(what));
}
