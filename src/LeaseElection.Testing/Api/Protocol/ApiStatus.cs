using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Api.Protocol;

/// <summary>Kubernetes's Status object: how a request failed, or that it succeeded where there is nothing else to say.</summary>
/// <remarks>Texts are those of kube-apiserver 1.36; the conformance tests compare them.</remarks>
internal sealed record ApiStatus(int Code, string Reason, string Message, JsonObject? Details = null)
{
    public const string Group = "coordination.k8s.io";
    private const string Leases = $"leases.{Group}";
    private const string OptionsGroup = "meta.k8s.io";

    /// <summary>Gets where a list whose version has gone can go on.</summary>
    public string? Continue { get; init; }

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = Continue is null ? [] : new JsonObject { ["continue"] = Continue },
            ["status"] = Code < 400 ? "Success" : "Failure",
        };
        if (Message.Length > 0)
            json["message"] = Message;
        if (Reason.Length > 0)
            json["reason"] = Reason;
        if (Details is not null)
            json["details"] = Details.DeepClone();
        if (Code >= 400)
            json["code"] = Code;
        return json;
    }

    public static ApiStatus Deleted(string name, string uid) =>
        new(200, "", "", new() { ["name"] = name, ["group"] = Group, ["kind"] = "leases", ["uid"] = uid });

    public static ApiStatus BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiStatus Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiStatus Forbidden(string message, JsonObject? details) => new(403, "Forbidden", message, details);

    public static ApiStatus LeaseNotFound(string name) => new(404, "NotFound", $"{Leases} \"{name}\" not found", DetailsOf(name));

    public static ApiStatus NamespaceNotFound(string name) =>
        new(404, "NotFound", $"namespaces \"{name}\" not found", new() { ["name"] = name, ["kind"] = "namespaces" });

    public static ApiStatus MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static ApiStatus NotAcceptable(string accepted) =>
        new(406, "NotAcceptable", $"only the following media types are accepted: {accepted}");

    public static ApiStatus LeaseExists(string name) => new(409, "AlreadyExists", $"{Leases} \"{name}\" already exists", DetailsOf(name));

    public static ApiStatus NamespaceExists(string name) =>
        new(409, "AlreadyExists", $"namespaces \"{name}\" already exists", new() { ["name"] = name, ["kind"] = "namespaces" });

    public static ApiStatus LeaseBeingDeleted(string name) =>
        new(409, "AlreadyExists", $"object is being deleted: {Leases} \"{name}\" already exists", DetailsOf(name));

    public static ApiStatus Conflict(string name, string why) => Conflict("leases", name, why);

    /// <summary>A precondition of a delete, which is checked where the kind is known, not the resource.</summary>
    public static ApiStatus DeleteConflict(string name, string why) => Conflict("Lease", name, why);

    /// <summary>An update of what is not there, by someone who may only update.</summary>
    public static ApiStatus MayNotCreate(string name, string @namespace, string user) => Forbidden(
        $"{Leases} \"{name}\" is forbidden: User \"{user}\" cannot create resource \"leases\" in API group \"{Group}\" "
        + $"in the namespace \"{@namespace}\"",
        DetailsOf(name));

    public static ApiStatus Modified(string name) =>
        Conflict(name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiStatus Expired(string message) => new(410, "Expired", message);

    public static ApiStatus TooLarge(int limit) => new(413, "RequestEntityTooLarge", $"Request entity too large: limit is {limit}");

    public static ApiStatus UnsupportedMediaType(string accepted) =>
        new(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {accepted}");

    public static ApiStatus Invalid(string kind, string name, IReadOnlyList<FieldError> errors) => Invalid(Group, kind, name, errors);

    /// <summary>What is wrong with a namespace.</summary>
    public static ApiStatus InvalidNamespace(string name, IReadOnlyList<FieldError> errors) => Invalid("", "Namespace", name, errors);

    /// <summary>A patch that makes something else than an object of the kind.</summary>
    public static ApiStatus InvalidPatch(FieldError error) => Invalid("", "", "", [error]);

    /// <summary>What the storage says of an update that names no version; it knows the resource only.</summary>
    public static ApiStatus NoVersion(string name)
    {
        var error = FieldError.Invalid("metadata.resourceVersion", "0", "must be specified for an update");
        return Invalid(Group, "leases", name, [error]);
    }

    /// <summary>An error of the server's own that has no reason.</summary>
    public static ApiStatus Failed(string message) => new(500, "", message);

    /// <summary>Parameters, or the options in a body, that break a rule.</summary>
    public static ApiStatus InvalidOptions(string kind, FieldError error) => Invalid(OptionsGroup, kind, "", [error]);

    /// <summary>What a code is called where a fault asks for it.</summary>
    public static ApiStatus Of(int code, string? reason, string? message) =>
        new(code, reason ?? ReasonOf(code), message ?? $"injected: {ReasonOf(code)}");

    private static string ReasonOf(int code) => code switch
    {
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        409 => "Conflict",
        410 => "Expired",
        422 => "Invalid",
        429 => "TooManyRequests",
        500 => "InternalError",
        503 => "ServiceUnavailable",
        504 => "Timeout",
        _ => "Unknown",
    };

    private static ApiStatus Invalid(string group, string kind, string name, IReadOnlyList<FieldError> errors)
    {
        var texts = errors.Select(e => e.ToString()).Distinct().ToList();
        var all = texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
        var details = new JsonObject();
        if (name.Length > 0)
            details["name"] = name;
        if (group.Length > 0)
            details["group"] = group;
        if (kind.Length > 0)
            details["kind"] = kind;
        details["causes"] = new JsonArray([.. errors.Select(e => e.ToCause())]);
        return new(422, "Invalid", $"{(group.Length > 0 ? $"{kind}.{group}" : kind)} \"{name}\" is invalid: {all}", details);
    }

    private static ApiStatus Conflict(string what, string name, string why) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {what}.{Group} \"{name}\": {why}", DetailsOf(name, what));

    private static JsonObject DetailsOf(string name, string kind = "leases") =>
        new() { ["name"] = name, ["group"] = Group, ["kind"] = kind };
}
