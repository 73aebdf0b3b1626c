using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Texts;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>Which version of the past or the present a list is about.</summary>
internal static class VersionMatch
{
    private const string Parameter = "resourceVersionMatch";
    private const string Exact = "Exact";
    private const string NotOlderThan = "NotOlderThan";

    /// <summary>The parameter of a watch that begins with what there is, or does not.</summary>
    public const string InitialEvents = "sendInitialEvents";

    /// <summary>Checks what lists and watches may say of versions.</summary>
    /// <exception cref="ApiException">What does not go together (422).</exception>
    public static void Check(ApiCall call, bool isWatch)
    {
        var match = Query.Text(call.Query, Parameter);
        var errors = isWatch ? OfWatch(call, match) : OfList(call, match);
        if (errors.FirstOrDefault() is { } error)
            throw new ApiException(ApiStatus.InvalidOptions("ListOptions", error));
    }

    /// <summary>Whether the list is to be as of the version itself. Pages are, where nothing is said.</summary>
    public static bool IsExact(ApiCall call, long limit) =>
        Query.Text(call.Query, Parameter) is { } match ? match == Exact : limit > 0;

    private static IEnumerable<FieldError> OfList(ApiCall call, string? match)
    {
        var version = Query.Text(call.Query, "resourceVersion");
        if (match is not null && version is null)
            yield return Forbidden("resourceVersionMatch is forbidden unless resourceVersion is provided");
        if (match is not null && Query.Text(call.Query, "continue") is not null)
            yield return Forbidden("resourceVersionMatch is forbidden when continue is provided");
        if (match is not (null or Exact or NotOlderThan))
            yield return NotSupported(match, $"\"{Exact}\", \"{NotOlderThan}\", \"\"");
        if ((match, version) is (Exact, "0"))
            yield return Forbidden("resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        if (call.Query.ContainsKey(InitialEvents))
            yield return Forbidden("sendInitialEvents is forbidden for list", InitialEvents);
    }

    private static IEnumerable<FieldError> OfWatch(ApiCall call, string? match)
    {
        var says = call.Query.ContainsKey(InitialEvents);
        if (says && match != NotOlderThan)
            yield return Forbidden($"sendInitialEvents requires setting resourceVersionMatch to {NotOlderThan}");
        if (!says && match is not null)
            yield return Forbidden("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
        if (match is not (null or NotOlderThan))
            yield return NotSupported(match, $"\"{NotOlderThan}\"");
        if (Query.Text(call.Query, "continue") is not null)
            yield return Forbidden("resourceVersionMatch is forbidden when continue is provided");
    }

    private static FieldError NotSupported(string match, string supported) =>
        new(Parameter, "FieldValueNotSupported", $"Unsupported value: {Go.Quote(match)}: supported values: {supported}");

    private static FieldError Forbidden(string why, string parameter = Parameter) =>
        new(parameter, "FieldValueForbidden", $"Forbidden: {why}");
}
