using System.Globalization;
using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Api.Representations;

/// <summary>The columns of a kind's table: what they are called, and what an object has there.</summary>
internal sealed record TableColumns(string Kind, string Second, string SecondDescription, Func<JsonObject, string?> SecondCell)
{
    private static readonly TableColumns Lease = new(
        "Lease",
        "Holder",
        "holderIdentity contains the identity of the holder of a current lease.",
        lease => (string?)lease["spec"]?["holderIdentity"]);

    private static readonly TableColumns Namespace = new(
        "Namespace", "Status", "The status of the namespace", ns => (string?)ns["status"]?["phase"]);

    public static TableColumns Of(string kind) => kind == "Namespace" ? Namespace : Lease;

    /// <summary>The column definitions.</summary>
    public JsonArray ToJson() => new(
        Column("Name", "name", "Name must be unique within a namespace."),
        Column(Second, "", SecondDescription),
        Column("Age", "", "The time since the object was created."));

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
