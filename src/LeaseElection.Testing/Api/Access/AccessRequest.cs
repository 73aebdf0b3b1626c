using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Api.Selectors;
using Microsoft.AspNetCore.Http;

namespace LeaseElection.Testing.Api.Access;

/// <summary>
/// What a request is about, as authorization sees it: of any resource, there or not. Without a resource it is about the path.
/// </summary>
internal sealed record AccessRequest(string Verb, string Path, string Group, string? Resource, string? Namespace, string? Name)
{
    public static AccessRequest Of(HttpRequest request)
    {
        var path = request.Path.Value!;
        var parts = path.Trim('/').Split('/');
        return parts switch
        {
            ["api", _, var first, ..] => Of(request, path, "", first, parts[2..]),
            ["apis", var group, _, var first, ..] => Of(request, path, group, first, parts[3..]),
#pragma warning disable CA1308 // As Kubernetes writes it.
            _ => new(request.Method.ToLowerInvariant(), path, "", null, null, null),
#pragma warning restore CA1308
        };
    }

    private static AccessRequest Of(HttpRequest request, string path, string group, string first, string[] parts)
    {
        var old = first == "watch"; // How a watch was asked for before there was a parameter.
        if (old)
            parts = parts[1..];
        string? ns = null;
        if (parts is ["namespaces", var of, ..])
        {
            ns = of;
            if (parts.Length > 2)
                parts = parts[2..];
        }

        var name = parts.Length > 1 ? parts[1] : null;
        var verb = request.Method switch
        {
            "POST" => "create",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => name is null ? "deletecollection" : "delete",
            _ when old => "watch",
            _ => name is not null ? "get" : Query.Flag(request.Query, "watch") ? "watch" : "list",
        };
        if (verb is "list" or "watch" or "deletecollection")
            name ??= FieldSelector.NameIn(Query.Text(request.Query, "fieldSelector"));
        var resource = parts.Length > 2 ? $"{parts[0]}/{parts[2]}" : parts.Length > 0 ? parts[0] : "";
        return new(verb, path, group, resource, ns, name);
    }
}
