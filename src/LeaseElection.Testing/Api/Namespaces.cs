using System.Globalization;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Api.Selectors;
using LeaseElection.Testing.Objects;
using LeaseElection.Testing.Storage;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Api;

/// <summary>The namespaces: as much of them as one needs to have Leases in them.</summary>
internal sealed class Namespaces(LeaseStore store, TimeProvider time)
{
    public static readonly string[] Initial = ["default", "kube-node-lease", "kube-public", "kube-system"];

    // The label that every namespace has.
    private const string NameLabel = "kubernetes.io/metadata.name";

    private static readonly Schema Fields = new(
        "v1.Namespace", new Field("metadata", FieldType.Object, Of: new("v1.ObjectMeta", new Field("name", FieldType.Text))));

    /// <exception cref="ApiException">It exists (409), or its name is none (422).</exception>
    public StoredNamespace Create(string name)
    {
        List<FieldError> errors = name.Length == 0
            ? [FieldError.Required("metadata.name", "name or generateName is required")]
            : [.. NameRules.OfLabel(name).Select(e => FieldError.Invalid("metadata.name", Go.Quote(name), e))];
        if (errors.Count > 0)
            throw new ApiException(ApiStatus.InvalidNamespace(name, errors));
        StoredNamespace? made = null;
        store.ChangeNamespaces((all, version) =>
        {
            if (all.ContainsKey(name))
                throw new ApiException(ApiStatus.NamespaceExists(name));
            made = new(name, Guid.NewGuid().ToString(), version, time.GetUtcNow(), new Dictionary<string, string> { [NameLabel] = name });
            return all.Add(name, made);
        });
        return made!;
    }

    public ApiAnswer Execute(ApiCall call) => call.Route.Verb switch
    {
        "get" => ApiAnswer.Of(ToJson(Find(call.Route.Name!), inList: false)),
        "list" => ApiAnswer.Of(List(
            FieldSelector.Parse(Query.Text(call.Query, "fieldSelector")), LabelSelector.Parse(Query.Text(call.Query, "labelSelector")))),
        "create" => ApiAnswer.Of(ToJson(Create(NameIn(call)), inList: false), 201),
        "delete" => Delete(call.Route.Name!),
        _ => throw new ApiException(ApiStatus.MethodNotAllowed()),
    };

    private static JsonObject ToJson(StoredNamespace ns, bool inList)
    {
        var json = new JsonObject();
        if (!inList)
        {
            json["kind"] = "Namespace";
            json["apiVersion"] = "v1";
        }

        json["metadata"] = new JsonObject
        {
            ["name"] = ns.Name,
            ["uid"] = ns.Uid,
            ["resourceVersion"] = ns.Version.ToString(CultureInfo.InvariantCulture),
            ["creationTimestamp"] = Timestamps.Seconds(ns.Created),
            ["labels"] = new JsonObject(ns.Labels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))),
        };
        json["spec"] = new JsonObject { ["finalizers"] = new JsonArray("kubernetes") };
        json["status"] = new JsonObject { ["phase"] = "Active" };
        return json;
    }

    private static string NameIn(ApiCall call)
    {
        var sent = call.ReadObject("Namespace");
        try
        {
            return (string?)Decoder.Decode(sent, Fields)["metadata"]?["name"] ?? "";
        }
        catch (ApiException error)
        {
            throw new ApiException(ApiStatus.BadRequest($"Namespace in version \"v1\" cannot be handled as a Namespace: {error.Message}"));
        }
    }

    private StoredNamespace Find(string name) =>
        store.Image.Namespaces.GetValueOrDefault(name) ?? throw new ApiException(ApiStatus.NamespaceNotFound(name));

    private JsonObject List(FieldSelector fields, LabelSelector labels)
    {
        var image = store.Image;
        return new()
        {
            ["kind"] = "NamespaceList",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject { ["resourceVersion"] = image.Version.ToString(CultureInfo.InvariantCulture) },
            ["items"] = new JsonArray(
            [
                .. image.Namespaces.Values
                    .Where(n => fields.Matches(new("", n.Name)) && labels.Matches(n.Labels))
                    .Select(n => ToJson(n, inList: true)),
            ]),
        };
    }

    private ApiAnswer Delete(string name)
    {
        if (name is "default" or "kube-system" or "kube-public")
        {
            throw new ApiException(ApiStatus.Forbidden(
                $"namespaces \"{name}\" is forbidden: this namespace may not be deleted",
                new() { ["name"] = name, ["kind"] = "namespaces" }));
        }

        var gone = ToJson(Find(name), inList: false);
        store.ChangeNamespaces((all, version) =>
        {
            gone["metadata"]!["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
            return all.Remove(name);
        });
        gone["metadata"]!["deletionTimestamp"] = Timestamps.Seconds(time.GetUtcNow());
        gone["status"]!["phase"] = "Terminating";
        return ApiAnswer.Of(gone);
    }
}
