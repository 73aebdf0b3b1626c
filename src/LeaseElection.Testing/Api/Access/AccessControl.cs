using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Api.Access;

/// <summary>Who sends a request, and whether they may.</summary>
internal sealed class AccessControl(string adminToken, bool requireToken)
{
    public const string Admin = "admin";
    private const string Anonymous = "system:anonymous";

    private readonly ConcurrentDictionary<string, LeaseApiUser> _byToken = new(StringComparer.Ordinal);

    public void Add(LeaseApiUser user) => _byToken[user.Token] = user;

    /// <summary>The sender's name; null when the token is nobody's.</summary>
    public string? NameOf(string? authorization, out LeaseApiUser? user)
    {
        user = null;
        if (Token(authorization) is not { } token)
            return requireToken ? Anonymous : Admin;
        if (token == adminToken)
            return Admin;
        return _byToken.TryGetValue(token, out user) && !user.IsRevoked ? user.Name : null;
    }

    /// <exception cref="ApiException">The user may not (403).</exception>
    public static void Check(ApiRoute route, string name, LeaseApiUser? user)
    {
        if (name == Admin || route.Resource is null || (route.Resource == "leases" && user?.May(route.Verb, route.Namespace) == true))
            return;
        var group = route.Resource == "leases" ? ApiStatus.Group : "";
        var resource = group.Length > 0 ? $"{route.Resource}.{group}" : route.Resource;
        var what = route.Name is { } named ? $"{resource} \"{named}\"" : resource;
        var where = route.Namespace is { } ns ? $"in the namespace \"{ns}\"" : "at the cluster scope";
        var details = new JsonObject();
        if (route.Name is not null)
            details["name"] = route.Name;
        if (group.Length > 0)
            details["group"] = group;
        details["kind"] = route.Resource;
        throw new ApiException(ApiStatus.Forbidden(
            $"{what} is forbidden: User \"{name}\" cannot {route.Verb} resource \"{route.Resource}\" in API group \"{group}\" {where}", details));
    }

    private static string? Token(string? authorization) =>
        authorization is not null && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization["Bearer ".Length..].Trim() : null;
}
