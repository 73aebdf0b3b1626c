using System.Globalization;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Objects;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Api.Selectors;

/// <summary>One of the requirements of a label selector.</summary>
internal static class LabelRequirement
{
    /// <exception cref="ApiException">Not a requirement (400).</exception>
    public static Func<IReadOnlyDictionary<string, string>, bool> Parse(SelectorScanner scanner)
    {
        if (scanner.Take("!"))
        {
            var absent = Key(scanner);
            return labels => !labels.ContainsKey(absent);
        }

        var key = Key(scanner);
        return scanner.Next is "" or "," ? labels => labels.ContainsKey(key) : Compare(key, scanner.Take(), scanner);
    }

    private static Func<IReadOnlyDictionary<string, string>, bool> Compare(string key, string sign, SelectorScanner scanner) => sign switch
    {
        "=" or "==" => In(key, Checked(key, [Exact(scanner)])),
        "!=" => Not(In(key, Checked(key, [Exact(scanner)]))),
        "in" => In(key, Values(key, scanner)),
        "notin" => Not(In(key, Values(key, scanner))),
        ">" => Above(key, Exact(scanner), 1),
        "<" => Above(key, Exact(scanner), -1),
        _ => throw Wrong($"found '{sign}', expected: in, notin, =, ==, !=, gt, lt"),
    };

    private static Func<IReadOnlyDictionary<string, string>, bool> In(string key, List<string> values) =>
        labels => labels.TryGetValue(key, out var value) && values.Contains(value);

    // Not having the label is as good as having another value.
    private static Func<IReadOnlyDictionary<string, string>, bool> Not(Func<IReadOnlyDictionary<string, string>, bool> requirement) =>
        labels => !requirement(labels);

    private static Func<IReadOnlyDictionary<string, string>, bool> Above(string key, string text, int sign)
    {
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var bound))
            throw Wrong($"values[0]: Invalid value: {Go.Quote(text)}: for 'Gt', 'Lt' operators, the value must be an integer");
        return labels => labels.TryGetValue(key, out var value)
            && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number.CompareTo(bound) == sign;
    }

    private static string Key(SelectorScanner scanner)
    {
        if (!scanner.IsAtWord)
            throw Wrong($"found '{scanner.Next}', expected: identifier");
        var key = scanner.Take();
        return NameRules.OfQualifiedName(key).ToList() is { Count: > 0 } errors
            ? throw Wrong($"<nil>: Invalid value: {Go.Quote(key)}: {string.Join("; ", errors)}")
            : key;
    }

    // Nothing at all is a value: the empty one.
    private static string Exact(SelectorScanner scanner)
    {
        if (scanner.Next is "" or ",")
            return "";
        return scanner.IsAtWord ? scanner.Take() : throw Wrong($"found '{scanner.Next}', expected: identifier");
    }

    private static List<string> Values(string key, SelectorScanner scanner)
    {
        if (!scanner.Take("("))
            throw Wrong($"found '{scanner.Next}' expected: '('");
        if (scanner.Take(")"))
            throw Wrong("values: Invalid value: []: for 'in', 'notin' operators, values set can't be empty");
        var values = new List<string>();
        do
            values.Add(scanner.IsAtWord ? scanner.Take() : "");
        while (scanner.Take(","));
        return scanner.Take(")") ? Checked(key, values) : throw Wrong($"found '{scanner.Next}', expected: ')'");
    }

    // kube-apiserver counts them in their order by letters.
    private static List<string> Checked(string key, List<string> values)
    {
        foreach (var (i, value) in values.Distinct().Order(StringComparer.Ordinal).Index())
        {
            if (NameRules.OfLabelValue(value).ToList() is { Count: > 0 } errors)
                throw Wrong($"{Json.Path("values", i)}[{key}]: Invalid value: {Go.Quote(value)}: {string.Join("; ", errors)}");
        }

        return values;
    }

    private static ApiException Wrong(string what) => new(ApiStatus.BadRequest($"unable to parse requirement: {what}"));
}
