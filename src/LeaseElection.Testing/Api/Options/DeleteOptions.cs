using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Objects;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Api.Options;

/// <summary>How something is to be deleted: the body says it, or without one the parameters.</summary>
/// <param name="IsDryRun">Whether only the answer is wanted.</param>
/// <param name="Uid">Only this one; null: whichever there is.</param>
/// <param name="Version">Only at this version; null: at any.</param>
/// <param name="Propagation">Foreground, Background or Orphan; null: as the object's finalizers say.</param>
internal sealed record DeleteOptions(bool IsDryRun, string? Uid, string? Version, string? Propagation)
{
    private const string Kind = "DeleteOptions";
    private const string Scheme = "k8s.io/apimachinery/pkg/apis/meta/internalversion/scheme/register.go:27";

    private static readonly Schema Fields = new(
        $"v1.{Kind}",
        new Field("gracePeriodSeconds", FieldType.Int64),
        new Field("preconditions", FieldType.Object, Of: new(
            "v1.Preconditions",
            new Field("uid", FieldType.Text, KeepsZero: true, GoType: "types.UID"),
            new Field("resourceVersion", FieldType.Text, KeepsZero: true))),
        new Field("orphanDependents", FieldType.Flag),
        new Field("propagationPolicy", FieldType.Text, GoType: "v1.DeletionPropagation"),
        new Field("dryRun", FieldType.TextList));

    /// <exception cref="ApiException">They cannot be read (400), or break a rule (422).</exception>
    public static DeleteOptions Of(ApiCall call)
    {
        var options = call.Body.Length > 0 ? FromBody(call) : FromQuery(call);
        var propagation = (string?)options["propagationPolicy"];
        var orphans = (bool?)options["orphanDependents"];
        List<string> dryRun = [.. options["dryRun"]?.AsArray().Select(v => (string?)v ?? "") ?? []];
        if (propagation is not null && orphans is not null)
        {
            throw Wrong(
                "FieldValueInvalid",
                $"Invalid value: {Go.Quote(propagation)}: orphanDependents and deletionPropagation cannot be both set");
        }

        if (propagation is not (null or "Foreground" or "Background" or "Orphan"))
        {
            throw Wrong(
                "FieldValueNotSupported",
                $"Unsupported value: {Go.Quote(propagation)}: supported values: \"Foreground\", \"Background\", \"Orphan\", \"nil\"");
        }

        WriteOptions.CheckDryRun(dryRun, Kind);
        var preconditions = options["preconditions"];
        return new(
            dryRun.Count > 0,
            (string?)preconditions?["uid"],
            (string?)preconditions?["resourceVersion"],
            propagation ?? orphans switch { true => "Orphan", false => "Background", null => null });
    }

    private static JsonObject FromBody(ApiCall call)
    {
        var sent = call.ReadBody(ApiStatus.BadRequest);
        if ((string?)sent["kind"] is { Length: > 0 } kind and not Kind)
        {
            var version = (string?)sent["apiVersion"] ?? "";
            throw new ApiException(ApiStatus.BadRequest(
                $"no kind {Go.Quote(kind)} is registered for version {Go.Quote(version)} in scheme {Go.Quote(Scheme)}"));
        }

        return Decoder.Decode(sent, Fields);
    }

    private static JsonObject FromQuery(ApiCall call)
    {
        Query.Number(call.Query, "gracePeriodSeconds");
        var options = new JsonObject();
        if (Query.Text(call.Query, "propagationPolicy") is { } policy)
            options["propagationPolicy"] = policy;
        if (call.Query.ContainsKey("orphanDependents"))
            options["orphanDependents"] = Query.Flag(call.Query, "orphanDependents");
        if (call.Query["dryRun"] is { Count: > 0 } dryRun)
            options["dryRun"] = new JsonArray([.. dryRun.Select(v => (JsonNode)(v ?? ""))]);
        return options;
    }

    private static ApiException Wrong(string reason, string text) =>
        new(ApiStatus.InvalidOptions(Kind, new("propagationPolicy", reason, text)));
}
