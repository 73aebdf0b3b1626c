using LeaseElection.Testing.Objects;

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
        if (string.IsNullOrWhiteSpace(text))
            return selector;
        var scanner = new SelectorScanner(text);
        do
            selector._requirements.Add(Requirement(scanner));
        while (scanner.Take(","));
        scanner.End();
        return selector;
    }

    private static Func<IReadOnlyDictionary<string, string>, bool> Requirement(SelectorScanner scanner)
    {
        if (scanner.Take("!"))
        {
            var absent = Key(scanner);
            return labels => !labels.ContainsKey(absent);
        }

        var key = Key(scanner);
        if (scanner.Take("!="))
            return Not(In(key, [scanner.Word()]));
        if (scanner.Take("==") || scanner.Take("="))
            return In(key, [scanner.Word()]);
        if (scanner.TakeWord("notin"))
            return Not(In(key, Values(scanner)));
        if (scanner.TakeWord("in"))
            return In(key, Values(scanner));
        if (!scanner.IsAtEndOfRequirement)
            throw SelectorScanner.Wrong("found something else, expected: in, notin, =, ==, !=, gt, lt");
        return labels => labels.ContainsKey(key);
    }

    private static Func<IReadOnlyDictionary<string, string>, bool> In(string key, List<string> values) =>
        labels => labels.TryGetValue(key, out var value) && values.Contains(value);

    // Not having the label is as good as having another value.
    private static Func<IReadOnlyDictionary<string, string>, bool> Not(Func<IReadOnlyDictionary<string, string>, bool> requirement) =>
        labels => !requirement(labels);

    private static string Key(SelectorScanner scanner)
    {
        var key = scanner.Word();
        return NameRules.OfQualifiedName(key).FirstOrDefault() is { } error
            ? throw new ApiException(ApiStatus.BadRequest($"unable to parse requirement: invalid label key {Go.Quote(key)}: {error}"))
            : key;
    }

    private static List<string> Values(SelectorScanner scanner)
    {
        var values = new List<string>();
        scanner.Expect("(");
        do
            values.Add(scanner.Word());
        while (scanner.Take(","));
        scanner.Expect(")");
        return values;
    }
}
