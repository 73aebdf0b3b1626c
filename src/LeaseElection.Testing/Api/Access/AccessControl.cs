using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;

namespace LeaseElection.Testing.Api.Access;

/// <summary>Who sends a request, and whether they may.</summary>
internal sealed class AccessControl(string adminToken, bool requireToken)
{
    public const string Admin = "admin";
    private const string Anonymous = "system:anonymous";

    // What Kubernetes's standing roles let everybody read, and everybody with a name.
    private static readonly string[] Public = ["/healthz", "/livez", "/readyz", "/version"];
    private static readonly string[] Discovery = ["/api", "/apis", "/openapi"];

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
    public static void Check(AccessRequest request, string name, LeaseApiUser? user)
    {
        if (May(request, name, user))
            return;
        if (request.Resource is not { } resource)
            throw new ApiException(ApiStatus.Forbidden($"forbidden: User \"{name}\" cannot {request.Verb} path \"{request.Path}\"", []));

        var kind = resource.Split('/')[0];
        var what = request.Group.Length > 0 ? $"{kind}.{request.Group}" : kind;
        var named = request.Name is null ? what : $"{what} \"{request.Name}\"";
        var where = request.Namespace is { } ns ? $"in the namespace \"{ns}\"" : "at the cluster scope";
        var details = new JsonObject();
        if (request.Name is not null)
            details["name"] = request.Name;
        if (request.Group.Length > 0)
            details["group"] = request.Group;
        details["kind"] = kind;
        throw new ApiException(ApiStatus.Forbidden(
            $"{named} is forbidden: User \"{name}\" cannot {request.Verb} resource \"{resource}\" in API group \"{request.Group}\" {where}",
            details));
    }

    /// <summary>Whether the user may.</summary>
    public static bool May(AccessRequest request, string name, LeaseApiUser? user) => request switch
    {
        _ when name == Admin => true,
        { Resource: null, Verb: "get" } => IsIn(request.Path, Public) || (name != Anonymous && IsIn(request.Path, Discovery)),
        { Resource: "leases", Group: ApiStatus.Group } => user?.May(request.Verb, request.Namespace) == true,
        _ => false,
    };

    private static bool IsIn(string path, string[] roots) =>
        roots.Any(root => path == root || path.StartsWith(root + "/", StringComparison.Ordinal));

    private static string? Token(string? authorization) =>
        authorization is not null && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? authorization["Bearer ".Length..].Trim()
            : null;
}
