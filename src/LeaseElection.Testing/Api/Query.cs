using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace LeaseElection.Testing.Api;

/// <summary>Reads a request's parameters.</summary>
internal static class Query
{
    public static bool Flag(IQueryCollection query, string name) => query[name] is [{ } value, ..] && value is not ("" or "0" or "false");

    public static string? Text(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;

    /// <summary>A whole number; null where there is none.</summary>
    /// <exception cref="ApiException">Not a number (400).</exception>
    public static long? Number(IQueryCollection query, string name)
    {
        if (Text(query, name) is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ApiException(ApiStatus.BadRequest($"strconv.ParseInt: parsing {Objects.Go.Quote(text)}: invalid syntax"));
    }

    public static bool IsDryRun(IQueryCollection query) => query["dryRun"].Contains("All");
}
