using System.Globalization;
using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Api.Representations;

/// <summary>The columns of a kind's table: what they are called, and what an object has there.</summary>
internal sealed record TableColumns(string Kind, string Second, string SecondDescription, Func<JsonObject, string?> SecondCell)
{
    private const string NameDescription =
        "Name must be unique within a namespace. Is required when creating resources, although some resources may allow a client "
        + "to request the generation of an appropriate name automatically. Name is primarily intended for creation idempotence and "
        + "configuration definition. Cannot be updated. "
        + "More info: https://kubernetes.io/docs/concepts/overview/working-with-objects/names#names";

    private const string AgeDescription =
        "CreationTimestamp is a timestamp representing the server time when this object was created. It is not guaranteed to be set "
        + "in happens-before order across separate operations. Clients may not set this value. It is represented in RFC3339 form and "
        + "is in UTC.\n\nPopulated by the system. Read-only. Null for lists. "
        + "More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";

    private static readonly TableColumns Lease = new(
        "Lease",
        "Holder",
        "holderIdentity contains the identity of the holder of a current lease. If Coordinated Leader Election is used, "
        + "the holder identity must be equal to the elected LeaseCandidate.metadata.name field.",
        lease => (string?)lease["spec"]?["holderIdentity"]);

    private static readonly TableColumns Namespace = new(
        "Namespace", "Status", "The status of the namespace", ns => (string?)ns["status"]?["phase"]);

    public static TableColumns Of(string kind) => kind == "Namespace" ? Namespace : Lease;

    /// <summary>The column definitions.</summary>
    public JsonArray ToJson() => new(
        Column("Name", "name", NameDescription), Column(Second, "", SecondDescription), Column("Age", "", AgeDescription));

    /// <summary>An object's cells.</summary>
    public JsonArray Cells(JsonObject item, DateTimeOffset now) => new(
        (string?)item["metadata"]!["name"] ?? "",
        SecondCell(item) ?? "",
        Age((string?)item["metadata"]!["creationTimestamp"], now));

    private static string Age(string? created, DateTimeOffset now) =>
        DateTimeOffset.TryParse(created, CultureInfo.InvariantCulture, out var then) ? HumanDuration.Of(now - then) : "<unknown>";

    private static JsonObject Column(string name, string format, string description) => new()
    {
        ["name"] = name,
        ["type"] = "string",
        ["format"] = format,
        ["description"] = description,
        ["priority"] = 0,
    };
}
