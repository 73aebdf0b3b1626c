using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Selectors;

/// <summary>A field selector: Leases can be selected by name and by namespace.</summary>
internal sealed class FieldSelector
{
    private readonly List<Func<LeaseKey, bool>> _requirements = [];

    public bool IsEmpty => _requirements.Count == 0;

    public bool Matches(LeaseKey key) => _requirements.TrueForAll(r => r(key));

    /// <summary>Gets the one name that it selects; null when it does not select by name.</summary>
    public string? Name { get; private set; }

    /// <exception cref="ApiException">Not a selector, or of a field that is not known (400).</exception>
    public static FieldSelector Parse(string? text)
    {
        var selector = new FieldSelector();
        foreach (var term in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var (field, value, equal) = Split(term);
            Func<LeaseKey, string> part = field switch
            {
                "metadata.name" => static key => key.Name,
                "metadata.namespace" => static key => key.Namespace,
                _ => throw new ApiException(ApiStatus.BadRequest(
                    $"\"{field}\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"")),
            };
            selector._requirements.Add(key => part(key) == value == equal);
            if (equal && field == "metadata.name")
                selector.Name = value;
        }

        return selector;
    }

    /// <summary>The one name that a selector asks for; null where it asks for none, or is none.</summary>
    public static string? NameIn(string? text)
    {
        try
        {
            return Parse(text).Name;
        }
        catch (ApiException)
        {
            return null; // The caller says what is wrong with it.
        }
    }

    private static (string Field, string Value, bool Equal) Split(string term)
    {
        foreach (var (sign, equal) in ((string, bool)[])[("!=", false), ("==", true), ("=", true)])
        {
            if (term.IndexOf(sign, StringComparison.Ordinal) is var at and >= 0)
                return (term[..at], term[(at + sign.Length)..], equal);
        }

        throw new ApiException(ApiStatus.BadRequest($"invalid selector: '{term}'; can't understand '{term}'"));
    }
}
