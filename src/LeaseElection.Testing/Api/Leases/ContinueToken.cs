using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeaseElection.Testing.Api.Protocol;
using LeaseElection.Testing.Storage;

namespace LeaseElection.Testing.Api.Leases;

/// <summary>Where the next page of a list begins, and the version that all its pages are of.</summary>
internal sealed record ContinueToken(LeaseKey After, long Version)
{
    private const string ApiVersion = "meta.k8s.io/v1";
    private const long Now = -1;

    /// <summary>Gets a value indicating whether the page is to be as of now, whatever the pages before were of.</summary>
    public bool IsOfNow => Version == Now;

    /// <exception cref="ApiException">Not such a token (400).</exception>
    public static ContinueToken Parse(string text)
    {
        try
        {
            var padded = text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=');
            var json = JsonNode.Parse(Convert.FromBase64String(padded));
            if (json is not JsonObject
                || json["rv"] is not JsonValue rv || !rv.TryGetValue<long>(out var version) || version is not (Now or > 0))
            {
                throw Bad($"incorrect encoded start resourceVersion (version {ApiVersion})");
            }

            var start = json["start"] is JsonValue value && value.TryGetValue<string>(out var from) ? from : null;
            if (start?.TrimEnd('\0').Split('/') is [var ns, var name])
                return new(new(ns, name), version);
        }
        catch (FormatException)
        {
            throw Bad("illegal base64 data at input byte 0");
        }
        catch (JsonException error)
        {
            throw Bad(error.Message);
        }

        throw Bad("no start key");
    }

    public ContinueToken OfNow() => this with { Version = Now };

    public override string ToString()
    {
        var json = new JsonObject { ["v"] = ApiVersion, ["rv"] = Version, ["start"] = $"{After.Namespace}/{After.Name}\0" };
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(json.ToJsonString())).TrimEnd('=').Replace('+', '-').Replace('/', '_');
    }

    private static ApiException Bad(string why) => new(ApiStatus.BadRequest($"invalid continue token: continue key is not valid: {why}"));
}
