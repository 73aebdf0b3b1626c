namespace LeaseElection.Testing;

/// <summary>Somebody who may do some things with Leases: made by <see cref="LeaseApiServer.AddUser"/>.</summary>
/// <remarks>All members may be used from any thread; a change holds for the next request.</remarks>
public sealed class LeaseApiUser
{
    private volatile HashSet<string> _verbs;
    private volatile string? _namespace;
    private volatile bool _revoked;

    internal LeaseApiUser(string name, string token, IEnumerable<string> verbs)
    {
        Name = name;
        Token = token;
        _verbs = Check(verbs);
    }

    /// <summary>Gets the user's name, as refusals and the request log have it.</summary>
    public string Name { get; }

    /// <summary>Gets the bearer token.</summary>
    public string Token { get; }

    /// <summary>
    /// Gets or sets what the user may do with Leases: get, list, watch, create, update, patch, delete, deletecollection. Anything else is
    /// answered 403.
    /// </summary>
    /// <exception cref="ArgumentException">Not such a verb.</exception>
    public IReadOnlyCollection<string> Verbs
    {
        get => _verbs;
        set => _verbs = Check(value);
    }

    /// <summary>Gets or sets the one namespace in which the verbs hold. Default: null, in all of them.</summary>
    public string? Namespace
    {
        get => _namespace;
        set => _namespace = value;
    }

    /// <summary>Gets or sets a value indicating whether the token is no longer accepted (401). Default: false.</summary>
    public bool IsRevoked
    {
        get => _revoked;
        set => _revoked = value;
    }

    internal bool May(string verb, string? @namespace) =>
        _verbs.Contains(verb) && (_namespace is not { } only || only == @namespace);

    private static HashSet<string> Check(IEnumerable<string> verbs)
    {
        ArgumentNullException.ThrowIfNull(verbs);
        var set = verbs.ToHashSet(StringComparer.Ordinal);
        return set.Except(Known).ToList() is { Count: > 0 } unknown
            ? throw new ArgumentException(
                $"Unknown verb {string.Join(", ", unknown)}; known are {string.Join(", ", Known)}.", nameof(verbs))
            : set;
    }

    private static readonly string[] Known = ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"];
}
