using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Texts;
using Microsoft.AspNetCore.Http;

namespace LeaseElection.Testing.Api.Options;

/// <summary>The parameter that says what comes of unknown and doubled fields: a warning, unless told.</summary>
internal static class FieldValidation
{
    private const string Parameter = "fieldValidation";
    private const string Ignore = "Ignore";
    private const string Strict = "Strict";
    private const string Warn = "Warn";

    /// <exception cref="ApiException">None of the values (422).</exception>
    public static void Check(IQueryCollection query, string kind)
    {
        if (Query.Text(query, Parameter) is not { } value || value is Ignore or Strict or Warn)
            return;
        var text = $"Unsupported value: {Go.Quote(value)}: supported values: \"\", \"{Ignore}\", \"{Strict}\", \"{Warn}\"";
        throw new ApiException(ApiStatus.InvalidOptions(kind, new(Parameter, "FieldValueNotSupported", text)));
    }

    /// <summary>Does what the request wants.</summary>
    /// <param name="call">The request.</param>
    /// <param name="overlooked">What was found.</param>
    /// <param name="refusal">What is thrown for a reason.</param>
    /// <exception cref="ApiException">Something was found, and the request wants that refused.</exception>
    public static void Apply(ApiCall call, IReadOnlyList<string> overlooked, Func<string, ApiException> refusal)
    {
        switch (Query.Text(call.Query, Parameter))
        {
            case Ignore:
                break;
            case Strict when overlooked.Count > 0:
                throw refusal($"strict decoding error: {string.Join(", ", overlooked)}");
            default:
                call.Warnings.AddRange(overlooked);
                break;
        }
    }
}
