using System.Text.Json.Nodes;

namespace LeaseElection.Testing.Api.Protocol;

/// <summary>What is wrong with one field.</summary>
/// <param name="Field">Its path.</param>
/// <param name="Reason">The cause's reason: FieldValueRequired, FieldValueInvalid, …</param>
/// <param name="Text">The message without the path.</param>
internal sealed record FieldError(string Field, string Reason, string Text)
{
    public static FieldError Required(string field, string why) => new(field, "FieldValueRequired", $"Required value: {why}");

    /// <summary>A value that breaks a rule.</summary>
    /// <param name="field">The path.</param>
    /// <param name="value">The value as Go prints it: text in quotation marks.</param>
    /// <param name="why">The rule.</param>
    /// <returns>The error.</returns>
    public static FieldError Invalid(string field, string value, string why) =>
        new(field, "FieldValueInvalid", $"Invalid value: {value}: {why}");

    public JsonNode ToCause() => new JsonObject { ["reason"] = Reason, ["message"] = Text, ["field"] = Field };

    public override string ToString() => $"{Field}: {Text}";
}
