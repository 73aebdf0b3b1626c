using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>Which version of the past or the present a list is about.</summary>
internal static class VersionMatch
{
    private const string Parameter = "resourceVersionMatch";
    private const string Exact = "Exact";
    private const string NotOlderThan = "NotOlderThan";

    /// <summary>Checks what lists and watches may say of versions.</summary>
    /// <exception cref="ApiException">What does not go together (422).</exception>
    public static void Check(ApiCall call, bool isWatch)
    {
        if (call.Query[Parameter] is not [{ Length: > 0 } match, ..])
            return;
        var version = Query.Text(call.Query, "resourceVersion");
        var error = (match, version) switch
        {
            _ when isWatch => Forbidden("resourceVersionMatch is forbidden for watch"),
            (_, null) => Forbidden("resourceVersionMatch is forbidden unless resourceVersion is provided"),
            (not (Exact or NotOlderThan), _) => new(
                Parameter,
                "FieldValueNotSupported",
                $"Unsupported value: {Go.Quote(match)}: supported values: \"{Exact}\", \"{NotOlderThan}\", \"\""),
            (Exact, "0") => Forbidden("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""),
            _ => null,
        };
        if (error is not null)
            throw new ApiException(ApiStatus.InvalidOptions("ListOptions", error));
    }

    /// <summary>Whether the list is to be as of the version itself. Pages are, where nothing is said.</summary>
    public static bool IsExact(ApiCall call, long limit) =>
        Query.Text(call.Query, Parameter) is { } match ? match == Exact : limit > 0;

    private static FieldError Forbidden(string why) => new(Parameter, "FieldValueForbidden", $"Forbidden: {why}");
}
