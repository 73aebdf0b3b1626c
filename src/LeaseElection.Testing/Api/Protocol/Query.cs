using System.Globalization;
using LeaseElection.Testing.Texts;
using Microsoft.AspNetCore.Http;

namespace LeaseElection.Testing.Api.Protocol;

/// <summary>Reads a request's parameters.</summary>
internal static class Query
{
    /// <summary>Whether it is there and does not say no: anything else, also nothing, is a yes.</summary>
    public static bool Flag(IQueryCollection query, string name) => query[name] is [var value, ..] && value is not ("0" or "false");

    public static string? Text(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } value, ..] ? value : null;

    /// <summary>A whole number; null where there is none.</summary>
    /// <exception cref="ApiException">Not a number (400).</exception>
    public static long? Number(IQueryCollection query, string name)
    {
        if (query[name] is not [var text, ..])
            return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        var digits = text.AsSpan().TrimStart("+-");
        var why = digits.Length > 0 && !digits.ContainsAnyExceptInRange('0', '9') ? "value out of range" : "invalid syntax";
        throw new ApiException(ApiStatus.BadRequest($"strconv.ParseInt: parsing {Go.Quote(text ?? "")}: {why}"));
    }

    /// <summary>The version that a read names; null for none.</summary>
    /// <param name="query">The parameters.</param>
    /// <param name="wrong">The answer to what is no version: 500 unless told, as kube-apiserver has it.</param>
    /// <exception cref="ApiException">Not a version.</exception>
    public static long? Version(IQueryCollection query, Func<string, ApiStatus>? wrong = null)
    {
        if (Text(query, "resourceVersion") is not { } text)
            return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw new ApiException(
                (wrong ?? ApiStatus.Failed)($"resourceVersion: Invalid value: {Go.Quote(text)}: {Go.NoVersion(text)}"));
    }

    public static bool IsDryRun(IQueryCollection query) => query["dryRun"].Contains("All");
}
