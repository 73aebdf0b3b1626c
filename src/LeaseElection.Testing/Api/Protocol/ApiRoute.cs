using Microsoft.AspNetCore.Http;

namespace LeaseElection.Testing.Api.Protocol;

/// <summary>What a path asks for.</summary>
/// <param name="Resource">leases, namespaces, or null for everything else.</param>
/// <param name="Namespace">The namespace in the path.</param>
/// <param name="Name">The object's name in the path.</param>
/// <param name="Verb">The Kubernetes verb; empty where the method means nothing there.</param>
internal sealed record ApiRoute(string? Resource, string? Namespace, string? Name, string Verb)
{
    public static ApiRoute Parse(HttpRequest request)
    {
        if (request.Path.Value is not { Length: > 0 }) // OPTIONS *, CONNECT.
            return new(null, null, null, "");
        // One slash at the end is overlooked; an empty part in the middle is a path of nothing.
        var path = request.Path.Value!.AsSpan(1);
        var parts = (path.EndsWith("/") ? path[..^1] : path).ToString().Split('/').AsSpan();
        if (parts.Contains(""))
            return new(null, null, null, "");
        if (parts is ["api", "v1", "namespaces", ..] and { Length: <= 4 })
            return Namespaces(request, parts[3..]);
        if (parts is not ["apis", "coordination.k8s.io", "v1", ..])
            return new(null, null, null, "");
        parts = parts[3..];
        var old = parts is ["watch", ..]; // How a watch was asked for before there was a parameter.
        if (old)
            parts = parts[1..];
        return parts switch
        {
            ["leases"] => Lease(request, @namespace: null, name: null, old),
            ["namespaces", var ns, "leases"] => Lease(request, ns, name: null, old),
            ["namespaces", var ns, "leases", var name] => Lease(request, ns, name, old),
            _ => new(null, null, null, ""),
        };
    }

    private static ApiRoute Lease(HttpRequest request, string? @namespace, string? name, bool old)
    {
        var watches = old || (name is null && Query.Flag(request.Query, "watch"));
        var verb = request.Method switch
        {
            "GET" => watches ? "watch" : name is null ? "list" : "get",
            "POST" when name is null && @namespace is not null => "create",
            "PUT" when name is not null => "update",
            "PATCH" when name is not null => "patch",
            "DELETE" when @namespace is not null => name is null ? "deletecollection" : "delete",
            _ => "",
        };
        return new("leases", @namespace, name, verb);
    }

    private static ApiRoute Namespaces(HttpRequest request, ReadOnlySpan<string> rest)
    {
        var name = rest is [var only] ? only : null;
        var verb = request.Method switch
        {
            "GET" => name is null ? "list" : "get",
            "POST" when name is null => "create",
            "DELETE" when name is not null => "delete",
            _ => "",
        };
        return new("namespaces", null, name, verb);
    }
}
