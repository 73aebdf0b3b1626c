using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Texts;
using Microsoft.AspNetCore.Http;

namespace LeaseElection.Testing.Api.Options;

/// <summary>The parameters of creates, updates and patches.</summary>
internal static class WriteOptions
{
    private const int LongestManager = 128;

    /// <exception cref="ApiException">One that breaks a rule (422).</exception>
    public static void Check(IQueryCollection query, string kind)
    {
        if (Manager(Query.Text(query, "fieldManager") ?? "") is { } wrong)
            throw new ApiException(ApiStatus.InvalidOptions(kind, wrong));
        CheckDryRun([.. query["dryRun"].Select(v => v ?? "")], kind);
        FieldValidation.Check(query, kind);
        if (kind == "PatchOptions" && query.ContainsKey("force"))
        {
            var forced = new FieldError("force", "FieldValueForbidden", "Forbidden: may not be specified for non-apply patch");
            throw new ApiException(ApiStatus.InvalidOptions(kind, forced));
        }
    }

    /// <exception cref="ApiException">Neither nothing nor All (422).</exception>
    public static void CheckDryRun(IReadOnlyList<string> values, string kind)
    {
        if (values.Any(v => v != "All"))
        {
            var text = $"Unsupported value: {Go.Json(new JsonArray([.. values]))}: supported values: \"All\"";
            throw new ApiException(ApiStatus.InvalidOptions(kind, new("dryRun", "FieldValueNotSupported", text)));
        }
    }

    private static FieldError? Manager(string manager)
    {
        if (Encoding.UTF8.GetByteCount(manager) > LongestManager)
            return new("fieldManager", "FieldValueTooLong", $"Too long: may not be more than {LongestManager} bytes");
        var at = manager.AsSpan().IndexOfAnyInRange('\0', '\x1f');
        return at < 0
            ? null
            : FieldError.Invalid(
                "fieldManager",
                Go.Quote(manager),
                string.Create(CultureInfo.InvariantCulture, $"invalid character U+{(int)manager[at]:X4} (at position {at})"));
    }
}
