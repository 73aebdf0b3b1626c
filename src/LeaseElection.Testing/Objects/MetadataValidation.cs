using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Objects;

/// <summary>What kube-apiserver demands of metadata.</summary>
internal static class MetadataValidation
{
    private const int MostAnnotationBytes = 256 * 1024;

    public static IEnumerable<FieldError> Check(JsonObject metadata)
    {
        var errors = new List<FieldError>();
        if ((string?)metadata["generateName"] is { } prefix)
        {
            var example = prefix.EndsWith('-') ? prefix[..^1] + "a" : prefix;
            errors.AddRange(NameRules.OfSubdomain(example).Select(e => FieldError.Invalid("metadata.generateName", Go.Quote(prefix), e)));
        }

        if ((string?)metadata["name"] is not { } name)
            errors.Add(FieldError.Required("metadata.name", "name or generateName is required"));
        else
            errors.AddRange(NameRules.OfSubdomain(name).Select(e => FieldError.Invalid("metadata.name", Go.Quote(name), e)));
        foreach (var (key, value) in metadata["labels"]?.AsObject() ?? [])
        {
            errors.AddRange(NameRules.OfQualifiedName(key).Select(e => FieldError.Invalid("metadata.labels", Go.Quote(key), e)));
            var text = (string)value!;
            errors.AddRange(NameRules.OfLabelValue(text).Select(e => FieldError.Invalid("metadata.labels", Go.Quote(text), e)));
        }

        errors.AddRange(Annotations(metadata["annotations"]?.AsObject() ?? []));
        errors.AddRange(Owners(metadata["ownerReferences"]?.AsArray() ?? []));
        errors.AddRange(Finalizers([.. Texts(metadata["finalizers"])]));
        return errors;
    }

    /// <summary>What an update must leave alone, and what holds for the rest.</summary>
    public static IEnumerable<FieldError> CheckUpdate(JsonObject metadata, JsonObject before)
    {
        var errors = new List<FieldError>();
        if (before["deletionTimestamp"] is not null)
        {
            List<string> added = [.. Texts(metadata["finalizers"]).Except(Texts(before["finalizers"]))];
            if (added.Count > 0)
            {
                errors.Add(new(
                    "metadata.finalizers",
                    "FieldValueForbidden",
                    "Forbidden: no new finalizers can be added if the object is being deleted, "
                    + $"found new finalizers {Go.Texts(added)}"));
            }
        }

        if (!JsonNode.DeepEquals(metadata["uid"], before["uid"]))
            errors.Add(Immutable("uid", Go.Quote((string?)metadata["uid"] ?? "")));
        if (!JsonNode.DeepEquals(metadata["deletionTimestamp"], before["deletionTimestamp"]))
            errors.Add(Immutable("deletionTimestamp", Go.Quote((string)metadata["deletionTimestamp"]!)));
        if (!JsonNode.DeepEquals(metadata["deletionGracePeriodSeconds"], before["deletionGracePeriodSeconds"]))
            errors.Add(Immutable("deletionGracePeriodSeconds", metadata["deletionGracePeriodSeconds"]!.ToJsonString()));
        // kube-apiserver goes over it three times, and says so three times.
        var all = Check(metadata).ToList();
        return [.. all, .. errors, .. all.Where(IsCheckedAgain), .. errors, .. all.Where(IsCheckedAgain)];
    }

    private static bool IsCheckedAgain(FieldError error) => error.Field is not "metadata.finalizers";

    private static FieldError Immutable(string field, string value) => FieldError.Invalid($"metadata.{field}", value, "field is immutable");

    private static IEnumerable<string> Texts(JsonNode? list) => list?.AsArray().Select(i => (string)i!) ?? [];

    private static IEnumerable<FieldError> Annotations(JsonObject annotations)
    {
        var size = 0;
        foreach (var (key, value) in annotations)
        {
            // Keys may have capitals in their prefix.
#pragma warning disable CA1308 // As the rule says.
            foreach (var error in NameRules.OfQualifiedName(key.ToLowerInvariant()))
#pragma warning restore CA1308
                yield return FieldError.Invalid("metadata.annotations", Go.Quote(key), error);
            size += System.Text.Encoding.UTF8.GetByteCount(key) + System.Text.Encoding.UTF8.GetByteCount((string)value!);
        }

        if (size > MostAnnotationBytes)
            yield return new("metadata.annotations", "FieldValueTooLong", $"Too long: may not be more than {MostAnnotationBytes} bytes");
    }

    private static IEnumerable<FieldError> Finalizers(List<string> finalizers)
    {
        foreach (var finalizer in finalizers)
        {
            foreach (var error in NameRules.OfQualifiedName(finalizer))
                yield return FieldError.Invalid("metadata.finalizers", Go.Quote(finalizer), error);
        }

        if (finalizers.Contains("orphan") && finalizers.Contains("foregroundDeletion"))
        {
            yield return FieldError.Invalid(
                "metadata.finalizers",
                Go.Json(new JsonArray([.. finalizers])),
                "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    private static IEnumerable<FieldError> Owners(JsonArray owners)
    {
        foreach (var owner in owners)
        {
            foreach (var field in (string[])["apiVersion", "kind", "name", "uid"])
            {
                if ((string?)owner![field] is { Length: > 0 })
                    continue;
                var why = field == "apiVersion" ? "version must not be empty" : "must not be empty";
                yield return FieldError.Invalid($"metadata.ownerReferences.{field}", "\"\"", why);
            }

            if ((string?)owner!["apiVersion"] == "v1" && (string?)owner["kind"] == "Event")
            {
                yield return FieldError.Invalid(
                    "metadata.ownerReferences", Go.Json(Whole(owner)), "/v1, Kind=Event is disallowed from being an owner");
            }
        }

        if (owners.Where(o => (bool?)o!["controller"] == true).ToList() is { Count: > 1 } controllers)
        {
            yield return FieldError.Invalid(
                "metadata.ownerReferences",
                Go.Json(new JsonArray([.. owners.Select(o => Whole(o!))])),
                "Only one reference can have Controller set to true. "
                + $"Found \"true\" in references for {Named(controllers[0]!)} and {Named(controllers[1]!)}");
        }
    }

    private static string Named(JsonNode owner) => $"{(string?)owner["kind"]}/{(string?)owner["name"]}";

    // Go writes the fields that an owner must have even where it has not.
    private static JsonObject Whole(JsonNode owner)
    {
        var whole = new JsonObject { ["apiVersion"] = "", ["kind"] = "", ["name"] = "", ["uid"] = "" };
        foreach (var (name, value) in owner.AsObject())
            whole[name] = value?.DeepClone();
        return whole;
    }
}
